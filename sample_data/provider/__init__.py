"""A synthetic provider of community mental-health care: its records, its exports, and the truth about them.

Imports nothing of the program it is made to test.
"""
