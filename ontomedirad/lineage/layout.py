"""Where the boxes of a picture stand: columns from the sources on the left to the value.

A thing stands left of all that rests on it, things of one class in one column where they can. What
other connections imply is left out (transitive reduction), and a connection over several columns
has a lane of its own through them, so that none runs behind a box (Sugiyama, Tagawa and Toda 1981).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Edges = dict[str, list[str]]
"""What rests → what it rests on."""

MAX_LANES = 20_000
"""Where a picture would have more lanes than this, long connections run straight."""

_LANE = 16.0
"""Height of a lane, in pixels."""


@dataclass(slots=True)
class Layout:
    """Columns of nodes and lanes, and the middle of each, in pixels from the top."""

    columns: list[list[str]]
    middle: dict[str, float]
    lines: list[list[str]]
    """Each connection: source, lanes, result."""
    height: float = 0.0
    column_of: dict[str, int] = field(default_factory=dict)


def arrange(
    root: str,
    sources: Mapping[str, Sequence[str]],
    group: Callable[[str], str],
    order: Callable[[str], tuple[float, str]],
    slot: float,
) -> Layout:
    """Columns and heights for boxes `slot` pixels high, their gap included.

    `group` names the class of a node, `order` what comes first where all else is equal.
    """
    edges = reduced(acyclic(root, sources))
    depth = _depths(root, edges, group)
    last = max(depth.values())
    columns: list[list[str]] = [[] for _ in range(last + 1)]
    for node, at in depth.items():
        columns[last - at].append(node)
    lines, owner = _lanes(edges, depth, columns, last)
    users: dict[str, list[str]] = {}
    for line in lines:
        for near, far in pairwise(line):
            users.setdefault(near, []).append(far)
    middle: dict[str, float] = {}
    for column in reversed(columns):
        _stack(column, users, middle, owner, order, slot)
    top = min(middle[n] - (_LANE if n in owner else slot) / 2 for n in middle)
    found = Layout(columns, {n: y - top for n, y in middle.items()}, lines)
    found.height = max(found.middle[n] + (_LANE if n in owner else slot) / 2 for n in middle)
    found.column_of = {node: i for i, column in enumerate(columns) for node in column}
    return found


def acyclic(root: str, sources: Mapping[str, Sequence[str]]) -> Edges:
    """What is reached from `root`, without the connections that would close a circle."""
    edges: Edges = {root: []}
    path, done = {root}, set[str]()
    stack = [(root, iter(sources.get(root, ())))]
    while stack:
        node, todo = stack[-1]
        for source in todo:
            if source in path or source not in sources:
                continue
            edges[node].append(source)
            if source not in done and source not in edges:
                edges[source] = []
                path.add(source)
                stack.append((source, iter(sources[source])))
                break
        else:
            stack.pop()
            path.discard(node)
            done.add(node)
    return edges


def reduced(edges: Edges) -> Edges:
    """The connections that no longer way implies; sets of nodes are the bits of integers."""
    bit = {node: 1 << i for i, node in enumerate(edges)}
    below: dict[str, int] = {}
    for node in reversed(_uses_first(edges)):
        below[node] = 0
        for source in edges[node]:
            below[node] |= bit[source] | below[source]
    found: Edges = {}
    for node, sources in edges.items():
        implied = 0
        for source in sources:
            implied |= below[source]
        found[node] = [s for s in sources if not implied & bit[s]]
    return found


def _uses_first(edges: Edges) -> list[str]:
    """A topological order: each node after everything that rests on it."""
    waiting = Counter(source for sources in edges.values() for source in sources)
    ready = [node for node in edges if not waiting[node]]
    order = []
    while ready:
        node = ready.pop()
        order.append(node)
        for source in edges[node]:
            waiting[source] -= 1
            if not waiting[source]:
                ready.append(source)
    return order


def _depths(root: str, edges: Edges, group: Callable[[str], str]) -> dict[str, int]:
    """How many columns left of the root each node stands."""
    order = _uses_first(edges)
    depth = dict.fromkeys(order, 0)
    _push(order, edges, depth)
    groups: dict[str, list[str]] = {}
    for node in order:
        groups.setdefault(group(node), []).append(node)
    aligned = dict(depth)
    for _ in range(2 * len(groups)):
        before = dict(aligned)
        for name, nodes in groups.items():
            members = set(nodes)
            if name and not any(s in members for n in nodes for s in edges[n]):
                deepest = max(aligned[n] for n in nodes)
                aligned |= dict.fromkeys(nodes, deepest)
        _push(order, edges, aligned)
        if aligned == before:
            return aligned
    return depth


def _push(order: list[str], edges: Edges, depth: dict[str, int]) -> None:
    for node in order:
        for source in edges[node]:
            depth[source] = max(depth[source], depth[node] + 1)


def _lanes(
    edges: Edges, depth: dict[str, int], columns: list[list[str]], last: int
) -> tuple[list[list[str]], dict[str, str]]:
    """The lines with their lanes, and the source that each lane leads on from."""
    lines: list[list[str]] = []
    owner: dict[str, str] = {}
    crossed = sum(depth[s] - depth[n] - 1 for n, sources in edges.items() for s in sources)
    for node, sources in edges.items():
        for source in sources:
            lanes = []
            for at in range(depth[source] - 1, depth[node], -1) if crossed <= MAX_LANES else ():
                lane = f"lane {len(owner)}"
                owner[lane] = source
                columns[last - at].append(lane)
                lanes.append(lane)
            lines.append([source, *lanes, node])
    return lines, owner


def _stack(
    column: list[str],
    users: dict[str, list[str]],
    middle: dict[str, float],
    owner: dict[str, str],
    order: Callable[[str], tuple[float, str]],
    slot: float,
) -> None:
    """Sort a column and give each node its height: as near to what rests on it as the others allow."""
    wish: dict[str, float] = {}
    for node in column:
        placed = [middle[user] for user in users.get(node, ()) if user in middle]
        wish[node] = sum(placed) / len(placed) if placed else 0.0

    def first(node: str) -> tuple[float, tuple[float, str], str]:
        return round(wish[node], 1), order(owner.get(node, node)), node

    def in_time(node: str) -> tuple[tuple[float, str], float, str]:
        return order(owner.get(node, node)), wish[node], node

    column.sort(key=first)
    boxes = [n for n in column if n not in owner]
    if len(boxes) > 1 and all(order(n)[0] < float("inf") for n in boxes):
        column.sort(key=in_time)
    sizes = [_LANE if n in owner else slot for n in column]
    middle |= zip(column, _spread([wish[n] for n in column], sizes), strict=True)


def _spread(wishes: list[float], sizes: list[float]) -> list[float]:
    """Middles in the given order, none nearer than the sizes allow, least squares from the wishes.

    Pool adjacent violators (Barlow and others 1972).
    """
    offsets, at = [], 0.0
    for i, size in enumerate(sizes):
        at += size / 2 + (sizes[i - 1] / 2 if i else 0.0)
        offsets.append(at)
    blocks: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        blocks.append((wish - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [((a * n + b * m) / (n + m), n + m)]
    level = [mean for mean, count in blocks for _ in range(count)]
    return [y + offset for y, offset in zip(level, offsets, strict=True)]
