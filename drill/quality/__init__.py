"""How questions are written: measures of form that anyone's bank can be held against, and advice by them."""
