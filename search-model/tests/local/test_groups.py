import numpy as np
import pytest

from search_model.local.groups import linked_groups


def groups_by_hand(pairs):
    """Merge sets until nothing changes: slow and plain."""
    sets = [set(pair) for pair in pairs]
    merged = True
    while merged:
        merged = False
        for i, a in enumerate(sets):
            for b in sets[i + 1 :]:
                if a & b:
                    a.update(b)
                    sets.remove(b)
                    merged = True
                    break
            if merged:
                break
    return sorted(sorted(s) for s in sets)


def test_no_pair_is_no_group():
    assert linked_groups(np.empty((0, 2), dtype=np.int64)) == []


def test_a_chain_is_one_group_and_a_pair_beside_it_another():
    pairs = np.array([[5, 9], [2, 9], [7, 30], [30, 7]])
    assert [group.tolist() for group in linked_groups(pairs)] == [[2, 5, 9], [7, 30]]


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_merging_sets(seed):
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, 40, (25, 2)) * 10**12
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    assert [group.tolist() for group in linked_groups(pairs)] == groups_by_hand(pairs.tolist())
