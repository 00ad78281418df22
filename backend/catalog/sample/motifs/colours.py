"""Pairs of water colours, a light and a dark one."""

Colour = tuple[int, int, int]


WINGS: tuple[tuple[Colour, Colour], ...] = (
    ((224, 150, 66), (120, 84, 60)),
    ((110, 146, 190), (60, 70, 110)),
    ((216, 196, 96), (140, 110, 60)),
    ((190, 92, 74), (90, 60, 60)),
    ((150, 176, 132), (84, 104, 84)),
    ((196, 160, 190), (110, 80, 120)),
)
