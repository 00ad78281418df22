"""The threads of one web process, by what they do: enough for each, however many processors there are.

Standard library only: what starts the process asks as well.
"""

from core.processors import processors

# One search may wait for the extractor while the others compute.
SEARCHING = processors() + 1
# They wait for their turn, and keep it: whoever is told to come again may come when the line is full again.
# (50 visitors who search every 10 to 30 s on two processors: some 15 wait at a time.)
WAITING = 24
# Lists, pages and pictures, and pictures that are being sent.
OTHERS = 12
ALL = SEARCHING + WAITING + OTHERS
