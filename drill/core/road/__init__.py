"""The road to a retake: dates, attempts, score reports, assessments, free days and the plan. Pure.

Nothing here predicts a score or a pass. Today is always an argument; what a rule says comes from the
calendar, with the page where it can be looked up.
"""
