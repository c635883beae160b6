"""`python -m madoguchi`, for where the command is not installed."""

from madoguchi.cli import app

app(prog_name="madoguchi")
