import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatFloor, formatMean, formatPercent, formatThousands, formatWan } from "./rounding.ts";

test("ten-thousands are rounded half up on the exact count", () => {
  assert.equal(formatWan(109_300), "10.93万");
  assert.equal(formatWan(109_349), "10.93万");
  assert.equal(formatWan(109_350), "10.94万");
  assert.equal(formatWan(0), "0.00万");
  assert.equal(formatWan(49), "0.00万");
  assert.equal(formatWan(50), "0.01万");
  assert.equal(formatWan(1_234_567, 1), "123.5万");
  assert.equal(formatWan(25_000, 0), "3万");
});

test("余 stands only when something is left over the floor", () => {
  assert.equal(formatFloor(3642, 100, "份"), "3600余份");
  assert.equal(formatFloor(3600, 100, "份"), "3600份");
  assert.equal(formatFloor(3601, 100, "份"), "3600余份");
  assert.equal(formatFloor(126, 10, "条"), "120余条");
  assert.equal(formatFloor(843, 100, "名", "多"), "800多名");
  assert.equal(formatFloor(7, 10, "件"), "7件");
  assert.equal(formatFloor(0, 100, "件"), "0件");
});

test("a floor in whole ten-thousands puts 余 before 万, unless single ten-thousands count", () => {
  assert.equal(formatFloor(11_000_001, 1_000_000, "元"), "1100余万元");
  assert.equal(formatFloor(11_000_000, 1_000_000, "元"), "1100万元");
  assert.equal(formatFloor(3_045_000, 1_000_000, "元"), "300余万元");
  assert.equal(formatFloor(412_000, 100_000, "元"), "40余万元");
  assert.equal(formatFloor(52_300, 10_000, "元"), "5万余元");
  assert.equal(formatFloor(20_800, 10_000, "人"), "2万余人");
});

test("100 % is never printed while one is missing, nor 0 % while there is one", () => {
  assert.equal(formatPercent(9999, 10_000), "99.9%");
  assert.equal(formatPercent(10_000, 10_000), "100.0%");
  assert.equal(formatPercent(999_999, 1_000_000, 2), "99.99%");
  assert.equal(formatPercent(199, 200, 0), "99%");
  assert.equal(formatPercent(1, 100_000), "<0.1%");
  assert.equal(formatPercent(1, 1000, 0), "<1%");
  assert.equal(formatPercent(0, 12), "0.0%");
  assert.equal(formatPercent(3, 0), null);
});

test("percent halves are rounded up where a float would fall", () => {
  assert.equal(formatPercent(687, 1000), "68.7%");
  assert.equal(formatPercent(1, 3), "33.3%");
  // 1.005 % exactly: 1.005.toFixed(2) is "1.00" in floating point.
  assert.equal(formatPercent(1005, 100_000, 2), "1.01%");
  assert.equal(formatPercent(12, 9), "133.3%");
});

test("means and English thousands", () => {
  assert.equal(formatMean(5, 2), "2.5");
  assert.equal(formatMean(25, 100, 1), "0.3");
  assert.equal(formatMean(4, 0), null);
  assert.equal(formatThousands(109_300), "109,300");
  assert.equal(formatThousands(999), "999");
  assert.equal(formatThousands(1_000_000), "1,000,000");
});

test("a count that is not a whole number is a fault of the caller", () => {
  assert.throws(() => formatWan(1.5), RangeError);
  assert.throws(() => formatPercent(-1, 4), RangeError);
  assert.throws(() => formatFloor(5, 0, "件"), RangeError);
});

test("any share prints 100 % exactly when it is whole and 0 % exactly when it is nothing", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 2_000_000_000 }),
      fc.nat(3),
      (a, d, decimals) => {
        const n = a % (d + 1);
        const text = formatPercent(n, d, decimals);
        const zeros = decimals === 0 ? "" : `.${"0".repeat(decimals)}`;
        assert.equal(text === `100${zeros}%`, n === d);
        assert.equal(text === `0${zeros}%`, n === 0);
      },
    ),
  );
});
