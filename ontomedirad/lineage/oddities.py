"""What contradicts itself or is missing on the way back."""

from __future__ import annotations

from ontomedirad.lineage.steps import Step


def find_oddities(root: str, steps: dict[str, Step]) -> None:
    """Say in `odd` of each step what a reader must know before relying on it."""
    for node in circular(root, {n: s.sources for n, s in steps.items()}):
        steps[node].odd.append("rests on itself, through what it was made of")
    for step in steps.values():
        if not step.labels and not step.sources and not step.makers:
            step.odd.append("is named as a source, and nothing is said of it")
        if len(step.makers) > 1:
            step.odd.append(f"was made by {len(step.makers)} processes")
        for maker in step.makers:
            if not maker.label and not maker.start and not maker.around:
                step.odd.append("was made by a process of which nothing is said")


def circular(root: str, sources: dict[str, list[str]]) -> list[str]:
    """The nodes that rest on themselves: the strongly connected components of several (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    held: list[str] = []
    open_: set[str] = set()
    found: list[str] = []
    stack = [(root, iter(sources.get(root, ())))]
    index[root] = low[root] = 0
    held.append(root)
    open_.add(root)
    while stack:
        node, todo = stack[-1]
        for source in todo:
            if source not in index:
                index[source] = low[source] = len(index)
                held.append(source)
                open_.add(source)
                stack.append((source, iter(sources.get(source, ()))))
                break
            if source in open_:
                low[node] = min(low[node], index[source])
        else:
            stack.pop()
            if stack:
                above = stack[-1][0]
                low[above] = min(low[above], low[node])
            if low[node] == index[node]:
                component = [held.pop()]
                while component[-1] != node:
                    component.append(held.pop())
                open_.difference_update(component)
                found += component if len(component) > 1 else []
    return found
