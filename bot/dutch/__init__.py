"""The Dutch phrase of the day: who wants it and when, what it means, a small exercise."""
