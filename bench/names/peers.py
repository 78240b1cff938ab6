"""Scores of jellyfish for pairs of names: JSON lines [a, b] in, JSON lines {method: score} out."""

import json
import sys

import jellyfish

for line in sys.stdin:
    a, b = json.loads(line)
    left, right = a.split(), b.split()
    metaphones = [{jellyfish.metaphone(w) for w in words} for words in (left, right)]
    shared = len(metaphones[0] & metaphones[1])
    print(
        json.dumps(
            {
                "jellyfish Jaro-Winkler": jellyfish.jaro_winkler_similarity(a, b),
                "jellyfish Damerau-Levenshtein": 1 - jellyfish.damerau_levenshtein_distance(a, b) / max(len(a), len(b), 1),
                "jellyfish Metaphone of each word": 2 * shared / max(1, len(metaphones[0]) + len(metaphones[1])),
            }
        )
    )
