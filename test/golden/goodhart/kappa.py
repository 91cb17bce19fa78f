# Reference values for Cohen's kappa from implementations that the project did not write; writes kappa.json beside itself.
#   python3 -m venv VENV && VENV/bin/pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 scikit-learn==1.9.1
#   VENV/bin/python test/golden/goodhart/kappa.py
# Never needed to run the tests.

import importlib.metadata
import json
import pathlib

import numpy as np
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

rng = np.random.default_rng(7)


def case(table):
    """Rows are the first rater's categories. `se` is the asymptotic standard error of an estimate from these counts."""
    table = np.asarray(table)
    first = np.repeat(np.arange(len(table)), table.sum(axis=1))
    second = np.concatenate([np.repeat(np.arange(len(table)), row) for row in table])
    found = cohens_kappa(table)
    assert abs(found.kappa - cohen_kappa_score(first, second)) < 1e-12
    return dict(table=table.tolist(), kappa=float(found.kappa), se=float(found.std_kappa))


small = [
    [[20, 5], [10, 15]],
    [[88, 10, 2], [14, 40, 6], [18, 10, 12]],
    [[11, 0], [0, 14]],
    [[3, 18], [19, 2]],
    [[30, 0, 0], [9, 0, 0], [4, 0, 2]],
]
drawn = [rng.multinomial(120, rng.dirichlet(np.ones(k * k))).reshape(k, k) for k in (2, 3, 4, 6)]
# So many items that every sound interval is the normal one.
large = [rng.multinomial(20000, rng.dirichlet(np.full(k * k, 2.0))).reshape(k, k) for k in (2, 2, 3, 5)]
large += [[[9000, 500], [700, 9800]], [[14000, 900], [800, 300]]]

out = dict(
    versions={name: importlib.metadata.version(name) for name in ("numpy", "scipy", "statsmodels", "scikit-learn")},
    small=[case(table) for table in [*small, *drawn]],
    large=[case(table) for table in large],
)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
