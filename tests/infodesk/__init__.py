"""The info desk."""
