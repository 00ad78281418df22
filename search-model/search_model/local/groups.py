"""Which pictures belong together when some pairs of them do. Pure."""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]


def linked_groups(pairs: Ids) -> list[Ids]:
    """The connected components of a graph: who is linked to whom, also by way of others.

    Args:
        pairs: int64 (n, 2), two different ids a row; a pair may be listed twice.

    Returns:
        The members of each group, ascending; groups by their smallest id.
    """
    if not len(pairs):
        return []
    # 9 MB that the web process, which only asks for groups, can do without.
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    ids, rows = np.unique(np.asarray(pairs, dtype=np.int64), return_inverse=True)
    first, second = rows.reshape(-1, 2).T
    links = coo_array((np.ones(len(first), dtype=bool), (first, second)), shape=(ids.size, ids.size))
    count, labels = connected_components(links, directed=False)
    order = np.argsort(labels, kind="stable")
    groups = np.split(ids[order], np.cumsum(np.bincount(labels, minlength=count))[:-1])
    return sorted(groups, key=lambda members: int(members[0]))
