"""Several graphs judged at the same time, with no more of them in memory than that takes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from ontomedirad.checking.background import background
from ontomedirad.checking.engines import ENGINES, Result, Validate
from ontomedirad.checking.graphs import Graph
from ontomedirad.checking.rules import Rules

Judge = Callable[[Graph], tuple[Graph, list[Result]]]


def validators(engine: str, rules: Rules) -> Judge:
    """Judges a graph; each thread has an engine of its own, because an engine holds one graph."""
    own = threading.local()
    own.validate = ENGINES[engine](rules)  # what is wrong with shapes is told here, once

    def judge(graph: Graph) -> tuple[Graph, list[Result]]:
        validate: Validate | None = getattr(own, "validate", None)
        if validate is None:
            validate = own.validate = ENGINES[engine](rules)
        return graph, validate(graph.ntriples + background(graph.ntriples, rules.classes))

    return judge


def in_order(judge: Judge, graphs: Iterable[Graph], workers: int) -> Iterator[tuple[Graph, list[Result]]]:
    """Each graph with its results, in the order of the graphs."""
    if workers <= 1:
        yield from map(judge, graphs)
        return
    waiting: deque[Future[tuple[Graph, list[Result]]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for graph in graphs:
            waiting.append(pool.submit(judge, graph))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
