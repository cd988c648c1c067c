"""What a person can do with drill, without a screen. Screens and commands call these and nothing below."""
