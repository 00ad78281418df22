"""`python -m serve.healthy URL [PART]`: exit status 0 when the address answers well.

For a container's health check. With a part, the address is /health/ready, and what it says of that part alone
counts: a worker answers no requests itself. Standard library only: asking costs next to nothing.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request

PATIENCE = 5.0  # seconds


def complaint(url: str, part: str = "") -> str:
    """What is wrong, in words; '' when nothing is."""
    # The name of another container is none of the names that Recto is reached by.
    request = urllib.request.Request(url, headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            body = answer.read()
    except urllib.error.HTTPError as error:
        if not part:
            return f"{url} answered {error.code}"
        body = error.read()
    except OSError as error:
        return f"{url} does not answer: {error}"
    return complaint_of(body, part) if part else ""


def complaint_of(body: bytes, part: str) -> str:
    """What /health/ready has against this part."""
    try:
        check = json.loads(body)["checks"][part]
        return "" if check["ok"] else str(check["message"])
    except (ValueError, KeyError, TypeError):
        return f"nothing is said of {part}"


def main(arguments: list[str]) -> int:
    found = complaint(*arguments)
    if found:
        sys.stderr.write(f"{found}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
