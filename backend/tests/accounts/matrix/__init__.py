"""Every endpoint x who asks x who may see: the statuses, and that no answer tells of what is not seen."""
