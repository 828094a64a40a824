"""What people read at the info desk.

screens (what a screen is) · menus · answers · urgent · replies · markup · direction
"""
