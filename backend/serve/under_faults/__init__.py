"""`make faults`: parts of a working Recto die or are cut off, and nothing that was accepted may be lost."""
