"""Scores of `bench/measures.ts` (standard input) beside those of NetworkX and igraph: the largest difference of every measure and variant, as a
share of the graph's largest score, with how many graphs were compared and what convention each peer was asked for. Only for benches."""
import json
import sys
import warnings

import igraph
import networkx as nx
import numpy as np

warnings.filterwarnings("ignore")

# What igraph and NetworkX are asked for so that they mean the same as we do; every line is a convention that differs.
NOTES = {
    "degree nx": "in + out, over n - 1; with weights the sum of them over n - 1 (NetworkX has only the unscaled sum)",
    "strength nx": "in + out",
    "core nx": "on the graph without directions",
    "core ig": "on the graph without directions",
    "betweenness nx": "lengths 1 / weight, times 60 so that they are whole: NetworkX takes 1/3 + 1/6 for longer than 1/2, we and igraph do not",
    "betweenness ig": "lengths 1 / weight; igraph leaves it unscaled: over (n-1)(n-2), twice that when undirected",
    "closeness nx": "improved by Wasserman and Faust, distances to the node, lengths 1 / weight (times 60 and back)",
    "closeness ig": "mode 'in'; igraph scales by its own component: times (r - 1) / (n - 1), and NaN is 0",
    "harmonic nx": "distances to the node; NetworkX leaves it unscaled: over n - 1",
    "harmonic ig": "mode 'in'",
    "pagerank nx": "dangling nodes spread evenly, tolerance 1e-14",
    "pagerank ig": "prpack",
    "eigenvector np": "of the largest eigenvalue by NumPy, where it is single; length 1",
    "eigenvector ig": "as above; igraph's largest entry is 1: length 1 here. Without any way back we have 0 everywhere, igraph 1 for whom nobody reaches further, NetworkX fails",
    "katz np": "alpha .85 / largest eigenvalue, by direct solution; NetworkX and we differ in the default alpha (.1 there)",
    "katz 0.05 nx": "alpha .05, beta 1, katz_centrality_numpy, length 1",
    "influence np": "(k - 1) times the sum of (k - 1) at two steps, from distances of NetworkX without directions",
    "brokerage nx": "effective_size on the graph without directions (arcs against each other added); alone 0 where NetworkX has NaN. Asked with its nodes given: all at once, by sparse matrices, NetworkX 3.6.1 departs from its own formula",
}


def unit(x):
    x = np.asarray(x, float)
    size = np.linalg.norm(x)
    x = x / size if size > 0 else x
    return -x if x.sum() < 0 else x


def peers(g):
    n, directed, weighted = g["n"], g["directed"], g["weighted"]
    G = nx.DiGraph() if directed else nx.Graph()
    G.add_nodes_from(range(n))
    for a, b, w in g["edges"]:
        G.add_edge(a, b, weight=w, length=60 / w)
    w, l = ("weight", "length") if weighted else (None, None)
    parts = [list(c) for c in nx.strongly_connected_components(G)] if directed else [list(range(n))]
    U = nx.Graph()
    U.add_nodes_from(range(n))
    for a, b, x in g["edges"]:
        U.add_edge(a, b, weight=x + (U[a][b]["weight"] if U.has_edge(a, b) else 0), one=1 + (U[a][b]["one"] if U.has_edge(a, b) else 0))
    I = igraph.Graph(n=n, edges=[(a, b) for a, b, _ in g["edges"]], directed=directed)
    weights = [x for _, _, x in g["edges"]] if weighted else None
    lengths = [1 / x for x in weights] if weighted else None
    V = igraph.Graph(n=n, edges=list(U.edges))
    by = lambda d: [d[v] for v in range(n)]
    A = nx.to_numpy_array(G, nodelist=range(n), weight=w)
    out = {}
    out["degree nx"] = np.array(by(dict(G.degree(weight=w)))) / max(1, n - 1)
    out["strength nx"] = by(dict(G.degree(weight="weight")))
    out["core nx"] = by(nx.core_number(U))
    out["core ig"] = V.coreness()
    out["betweenness nx"] = by(nx.betweenness_centrality(G, weight=l))
    out["betweenness ig"] = np.array(I.betweenness(weights=lengths)) * (1 if directed else 2) / max(1, (n - 1) * (n - 2) if n > 2 else 1)
    long = 60 if weighted else 1
    out["closeness nx"] = np.array(by(nx.closeness_centrality(G, distance=l))) * long
    far = np.array(I.distances(weights=lengths, mode="in") if len(g["edges"]) else [[0 if a == b else np.inf for a in range(n)] for b in range(n)])
    reach = np.isfinite(far).sum(1)
    close = np.nan_to_num(np.array(I.closeness(mode="in", weights=lengths), float))
    out["closeness ig"] = close * (reach - 1) / max(1, n - 1)
    out["harmonic nx"] = np.array(by(nx.harmonic_centrality(G, distance=l))) * long / max(1, n - 1)
    out["harmonic ig"] = np.nan_to_num(np.array(I.harmonic_centrality(mode="in", weights=lengths), float))
    out["pagerank nx"] = by(nx.pagerank(G, weight=w, tol=1e-14, max_iter=10000))
    out["pagerank ig"] = I.pagerank(weights=weights, directed=directed)
    values, vectors = np.linalg.eig(A.T)
    # NumPy loses half of the digits where two strong parts are equally strong: eigenvalues are taken part by part.
    own = np.concatenate([np.linalg.eigvals(A[np.ix_(p, p)]) for p in parts]) if directed else np.linalg.eigvalsh(A)
    radius = max(abs(own))
    # Where several eigenvalues are equally large there is no one vector to compare with, and where all are 0 none.
    near = [i for i, v in enumerate(values) if abs(v - radius) < 1e-4 * max(1, radius)]
    if radius > 0 and sum(abs(own - radius) < 1e-4 * max(1, radius)) == 1 and len(near) == 1:
        out["eigenvector np"] = unit(vectors[:, near[0]].real)
        out["eigenvector ig"] = unit(I.eigenvector_centrality(weights=weights))
    alpha = 0.85 / radius if radius > 0 else 0.85
    out["katz np"] = unit(np.linalg.solve(np.eye(n) - alpha * A.T, np.ones(n)))
    out["katz 0.05 nx"] = unit(by(nx.katz_centrality_numpy(G, alpha=0.05, weight=w)))
    k = np.array(by(dict(U.degree(weight=w))))
    steps = dict(nx.all_pairs_shortest_path_length(U))
    out["influence np"] = [(k[v] - 1) * sum(k[u] - 1 for u, d in steps[v].items() if d == 2) for v in range(n)]
    out["brokerage nx"] = np.nan_to_num(by(nx.effective_size(U, nodes=list(U), weight="weight" if weighted else "one" if directed else None)))
    return out


worst, graphs, failed = {}, {}, {}
for line in sys.stdin:
    g = json.loads(line)
    variant = ("directed" if g["directed"] else "undirected") + (", weights" if g["weighted"] else "")
    for name, theirs in peers(g).items():
        ours = g["scores"][name.rsplit(" ", 1)[0]]
        key = (name, variant)
        if isinstance(ours, str):
            failed.setdefault(key, []).append((g["seed"], ours))
            continue
        a, b = np.array(ours, float), np.array(theirs, float)
        apart = abs(a - b).max() / max(1e-300, abs(a).max(), abs(b).max()) if abs(a).max() + abs(b).max() > 0 else 0
        graphs[key] = graphs.get(key, 0) + 1
        if apart >= worst.get(key, (-1,))[0]:
            worst[key] = (apart, g["seed"])
print(f"NetworkX {nx.__version__}, igraph {igraph.__version__}, NumPy {np.__version__}")
for (name, variant), (apart, seed) in worst.items():
    print(f"{name:16} {variant:20} {graphs[(name, variant)]:4} graphs  apart {apart:.1e}  (worst: graph {seed})")
for key, all in failed.items():
    print("FAILED HERE", key, len(all), all[0])
print()
for name, note in NOTES.items():
    print(f"{name}: {note}")
