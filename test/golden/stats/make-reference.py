# Reference values for src/stats from implementations that the project did not write; writes reference.json beside itself.
#   python3 -m venv VENV && VENV/bin/pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 scikit-learn==1.9.1
#   VENV/bin/python test/golden/stats/make-reference.py
# Never needed to run the tests.

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import optimize, stats
from sklearn.metrics import brier_score_loss, roc_auc_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(20)
Z = stats.norm.ppf(0.975)


def quantiles():
    ts = [dict(level=lv, df=df, value=stats.t.ppf((1 + lv) / 2, df)) for lv in (0.9, 0.95, 0.99) for df in (1, 2.5, 9, 27.3, 199)]
    zs = [dict(level=lv, value=stats.norm.ppf((1 + lv) / 2)) for lv in (0.8, 0.9, 0.95, 0.99, 0.999)]
    return dict(t=ts, z=zs)


def shares():
    rows = []
    for n in (1, 5, 20, 100, 300, 2000):
        for k in sorted({0, 1, n // 7, n // 2, n - 1, n}):
            for level in (0.9, 0.95, 0.99):
                w = proportion_confint(k, n, alpha=1 - level, method="wilson")
                c = proportion_confint(k, n, alpha=1 - level, method="beta")
                # statsmodels gives nan at the ends of the exact interval for k = 0 and k = n in some versions.
                c = (0.0 if k == 0 else c[0], 1.0 if k == n else c[1])
                rows.append(dict(k=k, n=n, level=level, wilson=list(map(float, w)), clopperPearson=list(map(float, c))))
    return rows


def tango_score(delta, up, down, n):
    """The statistic with the constrained maximum found by search on the likelihood itself, not by the closed form."""
    low, high = max(0.0, -delta), (1 - delta) / 2

    def minus_log_likelihood(q):
        cells = np.array([q + delta, q, 1 - 2 * q - delta])
        counts = np.array([up, down, n - up - down])
        cells = np.where(counts > 0, np.maximum(cells, 1e-300), 1.0)
        return -float(np.sum(counts * np.log(cells)))

    q = optimize.minimize_scalar(minus_log_likelihood, bounds=(low, high), method="bounded", options=dict(xatol=1e-13)).x
    q = min((q, low, high), key=minus_log_likelihood)
    variance = (2 * q + delta - delta**2) / n
    return ((up - down) / n - delta) / np.sqrt(max(variance, 1e-300))


def tango(up, down, n, level):
    z = stats.norm.ppf((1 + level) / 2)
    d = (up - down) / n
    ends = []
    for side, edge in ((1, -1 + 1e-12), (-1, 1 - 1e-12)):
        f = lambda x: tango_score(x, up, down, n) - side * z
        inner = d - side * 1e-9
        ends.append(float(optimize.brentq(f, min(edge, inner), max(edge, inner), xtol=1e-12)) if f(edge) * f(inner) < 0 else float(round(edge)))
    return ends


def pairs():
    rows = []
    for n in (20, 50, 100, 300):
        for up, down in ((0, 0), (1, 0), (0, 3), (5, 4), (n // 3, n // 10), (n // 2, n // 2), (n - 2, 1)):
            for level in (0.9, 0.95):
                rows.append(dict(up=up, down=down, n=n, level=level, ends=tango(up, down, n, level)))
    exact = []
    for n in (1, 5, 19):
        for up, down in ((0, 0), (1, 0), (n // 2, n // 3)):
            u = proportion_confint(up, n, alpha=0.025, method="beta")
            v = proportion_confint(down, n, alpha=0.025, method="beta")
            u = (0.0 if up == 0 else u[0], 1.0 if up == n else u[1])
            v = (0.0 if down == 0 else v[0], 1.0 if down == n else v[1])
            exact.append(dict(up=up, down=down, n=n, ends=[float(u[0] - v[1]), float(u[1] - v[0])]))
    return dict(score=rows, exact=exact)


def betting_low(means, sizes, low, high, level):
    """Lower end on [low, high] by root search, the products taken as they are."""
    x = (np.array(means) - low) / (high - low)
    w = np.array(sizes) / max(sizes)
    bets = (np.arange(1, 17) / 16) ** 2

    def wealth(m):
        return np.mean([np.prod(1 + c * w * (x - m) / m) for c in bets]) - 2 / (1 - level)

    point = float(np.sum(x * np.array(sizes)) / np.sum(sizes))
    root = optimize.brentq(wealth, point * 1e-4, point, xtol=1e-14)
    return low + (high - low) * root


def means():
    rows = []
    for draw in (lambda: rng.uniform(-1, 1, 80), lambda: rng.beta(4, 3, 60), lambda: rng.choice([-1, 0, 1], 120, p=[0.2, 0.5, 0.3]).astype(float)):
        values = draw()
        ci = stats.ttest_1samp(values, 0).confidence_interval(0.95)
        rows.append(dict(values=values.tolist(), point=float(values.mean()), ends=[float(ci.low), float(ci.high)]))
    bounded = []
    for values in (rng.uniform(-0.5, 0.8, 12), np.zeros(15), np.concatenate([np.zeros(60), [1.0]]), np.full(40, 0.25)):
        lo = betting_low(values, np.ones(len(values)), -1, 1, 0.95)
        hi = -betting_low(-values, np.ones(len(values)), -1, 1, 0.95)
        bounded.append(dict(values=values.tolist(), sizes=[1] * len(values), ends=[float(lo), float(hi)]))
    values, sizes = rng.uniform(-0.2, 0.6, 25), [1 + i % 4 for i in range(25)]
    lo, hi = betting_low(values, sizes, -1, 1, 0.95), -betting_low(-values, sizes, -1, 1, 0.95)
    bounded.append(dict(values=values.tolist(), sizes=sizes, ends=[float(lo), float(hi)]))
    return dict(t=rows, bounded=bounded)


def grouped(values, names):
    """Cluster-robust fit of a constant: statsmodels' own G / (G - 1) and t with G - 1."""
    fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds=dict(groups=names), use_t=True)
    return float(fit.params[0]), float(fit.bse[0]), [float(x) for x in fit.conf_int(0.05)[0]]


def clusters():
    out = dict(mean=[], rate=[], signs=[])
    for sizes in ([3] * 40, [1 + i % 4 for i in range(60)]):
        names = np.repeat(np.arange(len(sizes)), sizes)
        values = 0.4 * np.repeat(rng.uniform(-1, 1, len(sizes)), sizes) + 0.6 * rng.uniform(-1, 1, len(names))
        point, se, ends = grouped(values, names)
        out["mean"].append(dict(clusters=names.tolist(), values=values.tolist(), point=point, se=se, ends=ends))
    for kind in ("rate", "signs"):
        for sizes in ([3] * 40, [1 + i % 4 for i in range(60)]):
            names = np.repeat(np.arange(len(sizes)), sizes)
            own = np.repeat(rng.beta(1, 1.5, len(sizes)), sizes)
            values = (rng.uniform(size=len(names)) < own).astype(float)
            if kind == "signs":
                values = values - (rng.uniform(size=len(names)) < 0.15)
            point, se, _ = grouped(values, names)
            total, groups = len(values), len(sizes)
            sums = np.bincount(names, weights=values - point)
            df = min(groups - 1, 2 * groups / (stats.kurtosis(sums, fisher=False) - 1))
            deff = max(1.0, se**2 / (np.var(values) / (total - 1)))
            n = total / deff * (Z / stats.t.ppf(0.975, df)) ** 2
            if kind == "rate":
                ends = proportion_confint(point * n, n, method="wilson")
            else:
                ends = tango(np.mean(values == 1) * n, np.mean(values == -1) * n, n, 0.95)
            out[kind].append(dict(clusters=names.tolist(), values=values.astype(int).tolist(), point=point, n=n, ends=[float(e) for e in ends]))
    return out


def boot():
    values = rng.beta(0.5, 3, 120)
    # Tails as wide as Hesterberg's: the level at which scipy's tails are ours.
    level = 1 - 2 * stats.norm.cdf(-np.sqrt(120 / 119) * stats.t.ppf(0.975, 119))
    rows = {}
    for method in ("percentile", "BCa"):
        ci = stats.bootstrap((values,), np.mean, n_resamples=100_000, confidence_level=level, method=method, rng=rng).confidence_interval
        rows[method.lower()] = [float(ci.low), float(ci.high)]
    return dict(values=values.tolist(), se=float(values.std() / np.sqrt(120)), **rows)


def discoveries():
    rows = []
    for p in (rng.uniform(size=12) ** 3, np.array([0.01, 0.01, 0.04, 0.03, 0.5]), np.array([0.2])):
        reject, adjusted, _, _ = multipletests(p, alpha=0.1, method="fdr_bh")
        assert np.allclose(adjusted, stats.false_discovery_control(p))
        rows.append(dict(p=p.tolist(), q=0.1, adjusted=adjusted.tolist(), reject=reject.tolist()))
    return rows


def calibration():
    n, bins = 300, 10
    conf = rng.beta(5, 2, n)
    out = (rng.uniform(size=n) < 0.2 + 0.6 * conf).astype(int)
    order = np.argsort(conf)
    parts = np.array_split(order, bins)
    w = np.array([len(p) / n for p in parts])
    f = np.array([conf[p].mean() for p in parts])
    o = np.array([out[p].mean() for p in parts])
    noise = float(np.sum(w * np.array([out[p].var(ddof=1) / len(p) for p in parts])))
    base = out.mean()
    extra = base * (1 - base) / (n - 1)
    within = float(np.sum(w * np.array([conf[p].var() - 2 * np.cov(conf[p], out[p], ddof=0)[0, 1] for p in parts])))
    fifteen = np.array_split(order, 15)
    ece = float(sum(len(p) / n * abs(conf[p].mean() - out[p].mean()) for p in fifteen))
    floor = 0.0
    for p in fifteen:
        mass = np.array([1.0])
        for c in conf[p]:
            mass = np.convolve(mass, [1 - c, c])
        floor += len(p) / n * float(np.sum(mass * np.abs(np.arange(len(mass)) / len(p) - conf[p].mean())))
    # The ends for the reversed outcomes: so far off that the lower one is not cut at 0.
    turned, noise_draws, spread = 1 - out, np.zeros(200_000), 0.0
    for p in fifteen:
        share = (turned[p].sum() + 1) / (len(p) + 2)
        noise_draws += len(p) / n * np.abs(rng.binomial(len(p), share, 200_000) / len(p) - share)
        spread += (len(p) / n) ** 2 * share * (1 - share) / len(p)
    off = float(sum(len(p) / n * abs(conf[p].mean() - turned[p].mean()) for p in fifteen))
    ends = [off - float(np.quantile(noise_draws, 0.975)), off + Z * float(np.sqrt(spread))]
    return dict(
        turnedEnds=ends, confidences=conf.tolist(), outcomes=out.tolist(), score=float(brier_score_loss(out, conf)),
        reliability=float(np.sum(w * (f - o) ** 2)) - noise, resolution=float(np.sum(w * (o - base) ** 2)) - noise + extra,
        uncertainty=float(base * (1 - base) + extra), within=within, ece=ece, floorMean=floor,
    )


def ranking():
    rows = []
    for m, n, tied in ((15, 25, False), (40, 60, True), (12, 80, False)):
        out = np.array([1] * m + [0] * n)
        conf = stats.norm.cdf(rng.normal(size=m + n) + 0.9 * out)
        conf = np.round(conf, 1) if tied else conf
        kernel = (conf[:m, None] > conf[None, m:]) + 0.5 * (conf[:m, None] == conf[None, m:])
        area = float(roc_auc_score(out, conf))
        assert abs(area - kernel.mean()) < 1e-12
        one, zero = kernel.mean(axis=1), kernel.mean(axis=0)
        variance = one.var(ddof=1) / m + zero.var(ddof=1) / n
        names = np.arange(m + n)
        rows.append(dict(confidences=conf.tolist(), outcomes=out.tolist(), clusters=names.tolist(), area=area, variance=float(variance)))
    # Obuchowski's formula, cluster by cluster, where most clusters hold both outcomes.
    groups, each = 30, 3
    names = np.repeat(np.arange(groups), each)
    out = (rng.uniform(size=groups * each) < 0.45).astype(int)
    conf = stats.norm.cdf(np.repeat(rng.normal(size=groups), each) + rng.normal(size=groups * each) + out)
    kernel = (conf[out == 1][:, None] > conf[None, out == 0]).astype(float)
    m, n, area = int(out.sum()), int((1 - out).sum()), kernel.mean()
    one, zero = kernel.mean(axis=1), kernel.mean(axis=0)
    with_one = [g for g in range(groups) if np.any(names[out == 1] == g)]
    with_zero = [g for g in range(groups) if np.any(names[out == 0] == g)]
    sum_one = {g: np.sum(one[names[out == 1] == g] - area) for g in range(groups)}
    sum_zero = {g: np.sum(zero[names[out == 0] == g] - area) for g in range(groups)}
    s_one = len(with_one) / ((len(with_one) - 1) * m) * sum(sum_one[g] ** 2 for g in with_one)
    s_zero = len(with_zero) / ((len(with_zero) - 1) * n) * sum(sum_zero[g] ** 2 for g in with_zero)
    s_both = groups / (groups - 1) * sum(sum_one[g] * sum_zero[g] for g in range(groups))
    variance = s_one / m + s_zero / n + 2 * s_both / (m * n)
    rows.append(dict(confidences=conf.tolist(), outcomes=out.tolist(), clusters=names.tolist(), area=float(area), variance=float(variance)))
    return rows


def adjusted():
    rows = []
    for k, n, fp, nf, fn, ns in ((30, 100, 5, 100, 8, 80), (2, 60, 1, 50, 4, 50), (90, 100, 0, 200, 20, 150), (0, 40, 2, 60, 0, 60)):
        q, se, sp = (k + Z * Z / 2) / (n + Z * Z), (ns - fn + 1) / (ns + 2), (nf - fp + 1) / (nf + 2)
        j = se + sp - 1
        p = (q + sp - 1) / j
        vse, vsp = se * (1 - se) / (ns + 2), sp * (1 - sp) / (nf + 2)
        half = Z * np.sqrt(q * (1 - q) / (n + Z * Z) + p * p * vse + (1 - p) ** 2 * vsp) / j
        shift = 2 * Z * Z * (p * vse - (1 - p) * vsp)
        point = float(np.clip((k / n - fp / nf) / (1 - fp / nf - fn / ns), 0, 1))
        ends = np.clip([p + shift - half, p + shift + half], 0, 1)
        rows.append(dict(flagged=k, n=n, fp=[fp, nf], fn=[fn, ns], point=point, ends=[float(min(ends[0], point)), float(max(ends[1], point))]))
    return rows


def detectable():
    rates, differences = [], []
    for n in (20, 100, 300):
        for margin in (0.05, 0.1, 0.3):
            k = next(k for k in range(n + 1) if proportion_confint(k, n, method="wilson")[0] > margin)
            p = optimize.brentq(lambda p: stats.binom.sf(k - 1, n, p) - 0.8, 1e-9, 1 - 1e-9, xtol=1e-13)
            rates.append(dict(n=n, margin=margin, value=float(p)))
    for df in (20, 60, 299):
        t = stats.t.ppf(0.975, df)
        shift = optimize.brentq(lambda s: stats.nct.sf(t, df, s) - 0.8, 0.1, 8)
        differences.append(dict(df=df, factor=float(shift)))
    return dict(rates=rates, differences=differences)


# Figures in print, as checked by the tests of the R packages ratesci and contingencytables. Counts: up, down, n.
PUBLISHED = [
    dict(source="Tango (1998)", up=9, down=3, n=32, level=0.95, ends=[-0.027, 0.390], digits=3),
    dict(source="Tango (1998)", up=0, down=1, n=44, level=0.9, ends=[-0.096, 0.037], digits=3),
    dict(source="Agresti and Min (2005)", up=16, down=8, n=86, level=0.95, ends=[-0.020, 0.207], digits=3),
    dict(source="Fagerland, Lydersen and Laake (2014)", up=1, down=7, n=21, level=0.95, ends=[-0.517, -0.026], digits=3),
    dict(source="Chang (2024)", up=25, down=2, n=102, level=0.95, ends=[0.139, 0.321], digits=3),
    dict(source="Fagerland, Lydersen and Laake (2017), data of Cavo (2012)", up=6, down=16, n=161, level=0.95, ends=[-0.1240, -0.0054], digits=4),
]

reference = dict(
    quantiles=quantiles(), shares=shares(), pairs=dict(**pairs(), published=PUBLISHED), means=means(), clusters=clusters(), bootstrap=boot(),
    discoveries=discoveries(), calibration=calibration(), ranking=ranking(), adjusted=adjusted(), detectable=detectable(),
)
path = pathlib.Path(__file__).with_name("reference.json")
path.write_text(json.dumps(reference, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
