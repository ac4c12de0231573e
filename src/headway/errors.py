"""The errors a caller may meet. Each message is one sentence: the thing, the value, the way out."""


class HeadwayError(Exception):
    """Base of every error that Headway raises on purpose."""


class InputError(HeadwayError):
    """The input cannot be analysed: missing, empty, damaged or contradictory."""


class MappingError(InputError):
    """A column cannot be given a role, or two columns claim the same one."""


class OptionError(HeadwayError):
    """An option has a value that cannot be used."""


class UsageError(OptionError):
    """An option has a value outside its choices; the command line ends with exit code 2."""


class OutputError(HeadwayError):
    """A result could not be written."""
