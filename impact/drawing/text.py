"""Names from the outside world, made fit to print."""

LONGEST = 32
TIMES = "\u00d7"
"""As in 37 pods."""


def printable(text: str) -> str:
    """The text in one line, without characters that break a format or deceive the eye."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The printable text, without its middle where it is too long: names often differ at the end."""
    text = printable(text)
    if len(text) <= longest:
        return text
    half = (longest - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
