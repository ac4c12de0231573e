"""The command line: arguments in, text out, no calculation."""

from headway.cli.app import app, main

__all__ = ["app", "main"]
