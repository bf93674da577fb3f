"""Building the course: lesson text to notebooks and back."""
