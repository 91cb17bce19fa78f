# Reference values for src/stats/powered-mean.ts from ppi_py and from plain numpy; writes ppi.json beside itself.
#   python3 -m venv VENV && VENV/bin/pip install ppi-python==0.2.3 numpy==2.4.6 scipy==1.17.1
#   VENV/bin/python test/golden/stats/ppi.py
# Never needed to run the tests. Rows in clusters, and labels of unequal weight, are numpy alone: ppi_py has no clusters.

import json
import pathlib

import numpy as np
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
from scipy import stats

rng = np.random.default_rng(41)
Z = stats.norm.ppf(0.975)


def pair(n, kind):
    if kind == "binary":
        y = (rng.random(n) < 0.35).astype(float)
        return y, np.where(rng.random(n) < 0.12, 1 - y, y)
    y = rng.beta(2, 3, n)
    return y, np.clip(y + 0.15 * rng.standard_normal(n), 0, 1)


def lists(*arrays):
    return [[round(float(v), 12) for v in a] for a in arrays]


def single():
    """One row a cluster. ppi_py divides by n, not n - 1: its variance is kept as half-width / z, squared."""
    rows = []
    for n, N, kind in ((30, 200, "binary"), (80, 80, "real"), (120, 400, "binary"), (60, 900, "real")):
        y, f = pair(n, kind)
        _, g = pair(N, kind)
        y, f, g = (np.round(a, 12) for a in (y, f, g))
        at = []
        for lam in (0.0, 0.4, 1.0):
            low, high = (float(np.squeeze(e)) for e in ppi_mean_ci(y, f, g, alpha=0.05, lam=lam))
            plain = lam**2 * g.var(ddof=1) / N + (y - lam * f).var(ddof=1) / n
            at.append(dict(lam=lam, point=float(np.squeeze(ppi_mean_pointestimate(y, f, g, lam=lam))),
                           ppiVariance=((high - low) / (2 * Z)) ** 2,
                           populationVariances=[float(lam**2 * g.var() / N), float((y - lam * f).var() / n)],
                           variance=float(plain)))
        # Not pooled over both lists, unlike ppi_py's; sums of squares are divided by n^2 and N^2.
        best = np.cov(y, f, ddof=0)[0, 1] / n / (f.var() / n + g.var() / N)
        # ppi_py has no function that returns its lambda: theta is linear in lambda, so two points and its own give it.
        theta = [float(np.squeeze(ppi_mean_pointestimate(y, f, g, lam=lam))) for lam in (0.0, 1.0, None)]
        of_ppi = (theta[2] - theta[0]) / (theta[1] - theta[0])
        names = ("gold", "proxy", "unlabelled")
        rows.append(dict(**dict(zip(names, lists(y, f, g))), at=at, lam=float(np.clip(best, 0, 1)), ppiLam=of_ppi))
    return rows


def clustered():
    """Clusters of several rows; in the second and the last case both lists share clusters. Matrices, no loops over clusters."""
    rows = []
    for n, N, kind, shared, weighted in ((90, 300, "binary", False, False), (90, 300, "real", True, False), (80, 240, "binary", True, True)):
        y, f = pair(n, kind)
        _, g = pair(N, kind)
        y, f, g = (np.round(a, 12) for a in (y, f, g))
        c = rng.integers(0, 30, n)
        d = rng.integers(0, 40, N) + (0 if shared else 100)
        w = rng.uniform(0.1, 1, n) if weighted else np.ones(n)
        w = np.round(w, 12)
        lam = 0.7
        share = w / w.sum()
        point = float(share @ (y - lam * f) + lam * g.mean())
        groups = np.unique(np.concatenate([c, d]))
        in_c, in_d = (groups[:, None] == c).astype(float), (groups[:, None] == d).astype(float)
        e = y - lam * f
        kc, kd = len(np.unique(c)), len(np.unique(d))
        a = np.sqrt(kc / (kc - 1)) * in_c @ (share * (e - share @ e))
        b = np.sqrt(kd / (kd - 1)) * lam * in_d @ ((g - g.mean()) / N)
        rows.append(dict(clusters=c.tolist(), otherClusters=d.tolist(), weights=w.tolist(), lam=lam, point=point, variance=float(((a + b) ** 2).sum()),
                         **dict(zip(("gold", "proxy", "unlabelled"), lists(y, f, g)))))
    return rows


out = dict(single=single(), clustered=clustered())
pathlib.Path(__file__).with_name("ppi.json").write_text(json.dumps(out) + "\n")
