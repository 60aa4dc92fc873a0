"""Solves a delivery x agent problem with OR-tools' min-cost flow, several times, and prints cost and times as JSON.

Reads {"arcs": [[delivery, agent, cost]...], "places": [[agent, count, cost]...], "unassignedCosts": [...], "agents": n,
"runs": n} from standard input. The times of building and of solving the graph are separate.
"""

import json
import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

problem = json.load(sys.stdin)
deliveries = len(problem["unassignedCosts"])
sink = deliveries + problem["agents"]

began = time.perf_counter()
solver = min_cost_flow.SimpleMinCostFlow()


def add(tails, heads, capacities, costs):
    if len(tails) > 0:
        solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)


arcs = np.array(problem["arcs"], dtype=np.int64).reshape(-1, 3)
places = np.array(problem["places"], dtype=np.int64).reshape(-1, 3)
delivery_nodes = np.arange(deliveries, dtype=np.int64)
add(arcs[:, 0], deliveries + arcs[:, 1], np.ones(len(arcs), dtype=np.int64), arcs[:, 2])
add(deliveries + places[:, 0], np.full(len(places), sink, dtype=np.int64), places[:, 1], places[:, 2])
unassigned_costs = np.array(problem["unassignedCosts"], dtype=np.int64)
add(delivery_nodes, np.full(deliveries, sink, dtype=np.int64), np.ones(deliveries, dtype=np.int64), unassigned_costs)
if deliveries > 0:
    solver.set_nodes_supplies(delivery_nodes, np.ones(deliveries, dtype=np.int64))
    solver.set_node_supply(sink, -deliveries)
build_ms = (time.perf_counter() - began) * 1000

solve_ms = []
for _ in range(problem["runs"]):
    began = time.perf_counter()
    status = solver.solve()
    solve_ms.append((time.perf_counter() - began) * 1000)
    if status != solver.OPTIMAL:
        sys.exit(f"OR-tools returned status {status}")

print(json.dumps({"cost": int(solver.optimal_cost()), "buildMs": build_ms, "solveMs": solve_ms}))
