# Reference values for src/stats/forms: coefficients of the published forms from scipy; writes forms.json beside itself.
#   python3 -m venv VENV && VENV/bin/pip install numpy==2.4.6 scipy==1.17.1
#   VENV/bin/python test/golden/goodhart/forms.py
# Never needed to run the tests. The curves are fitted as levels, g0 free: the TypeScript takes g(1) off and fits steps, which must come to the same.

import json
import pathlib

import numpy as np
from scipy.optimize import curve_fit, lsq_linear

rng = np.random.default_rng(17)
GRIDS = ([1, 2, 4, 8], [1, 2, 4, 8, 16, 32, 64], [1, 2, 5, 10, 22, 46, 100, 200])


def d_of(n):
    n = np.asarray(n, float)
    return np.sqrt(np.log(n) - (n - 1) / n)


def log_d(d):
    return np.where(d > 0, np.log(np.where(d > 0, d, 1.0)), 0.0)


FORMS = {
    "best-of-n form": lambda d, g0, a, b: g0 + d * (a - b * d),
    "reinforcement-learning form": lambda d, g0, a, b: g0 + d * (a - b * log_d(d)),
    "straight line": lambda d, g0, a: g0 + a * d,
}


def covariance(k):
    """Of a mean curve whose neighbouring points share most of what they are made of, and all of them the prompt."""
    walk = np.cumsum(rng.standard_normal((4 * k, k)) * 1.5 ** np.arange(k), axis=1)
    units = walk + 2 * rng.standard_normal((4 * k, 1))
    return np.cov(units, rowvar=False) / 100


cases = []
for grid in GRIDS:
    d = d_of(grid)
    for truth in ((0.5, 1.0, 0.4), (-0.2, 0.1, 0.3), (0.0, 0.6, -0.05)):
        sigma = covariance(len(grid))
        y = FORMS["best-of-n form"](d, *truth) + np.linalg.cholesky(sigma) @ rng.standard_normal(len(grid))
        fits = {}
        for name, f in FORMS.items():
            k = f.__code__.co_argcount - 1
            # The model is linear: a start near the answer and a tight tolerance leave no room for the search.
            best, cov = curve_fit(f, d, y, p0=np.full(k, 0.1), sigma=sigma, absolute_sigma=True,
                                  method="trf", jac="3-point", xtol=1e-15, ftol=1e-15, gtol=1e-15)
            fits[name] = dict(coefficients=best[1:].tolist(), covariance=cov[1:, 1:].tolist())
        # Steps of one sign: the root of the precision of the steps turns it into bounded least squares.
        difference = np.diff(np.eye(len(grid)), axis=0)
        root = np.linalg.cholesky(np.linalg.inv(difference @ sigma @ difference.T)).T
        up, down = (lsq_linear(root, root @ np.diff(y), bounds=b, method="bvls", tol=1e-14)
                    for b in ((0, np.inf), (-np.inf, 0)))
        best = up if up.cost <= down.cost else down
        cases.append(dict(grid=grid, values=y.tolist(), covariance=sigma.tolist(), fits=fits, oneWay=best.x.tolist()))

out = dict(numpy=np.__version__, cases=cases)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
