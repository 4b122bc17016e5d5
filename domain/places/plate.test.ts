import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plateAlphabet, plateBytes, plateCode, printedPlateCode, readPlateCode } from "./plate.ts";

const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

test("plates that hang on doors stay good: their codes never change", () => {
  const codes: [number[], string][] = [
    [Array.from({ length: 16 }, (_, i) => i), "00041061050R3GG28A1C60T3GF.JMD7"],
    [Array.from({ length: 16 }, () => 255), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ.8YJK"],
    [Array.from({ length: 16 }, (_, i) => (i * 37 + 11) % 256), "0B61AQN7Y4X4736P3XMB3YR49P.MY2W"],
  ];
  for (const [from, code] of codes) {
    assert.equal(plateCode(Uint8Array.from(from)), code);
    assert.deepEqual(plateBytes(code), Uint8Array.from(from));
  }
});

/** Multiplication in GF(32) by shifts, modulo x^5 + x^2 + 1. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 9; bit >= 5; bit -= 1) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
  return product;
}

test("a code is a word of the Reed-Solomon code: zero at four powers in a row, hence five signs apart", () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const signs = plateCode(random).replace(".", "").split("");
      for (const root of [2, 4, 8, 16]) {
        const value = signs.reduce(
          (sum, sign) => multiply(sum, root) ^ plateAlphabet.indexOf(sign),
          0,
        );
        assert.equal(value, 0);
      }
    }),
  );
});

test("the sixteen bytes come back, and nothing that holds more is a code", () => {
  fc.assert(
    fc.property(bytes, (random) => assert.deepEqual(plateBytes(plateCode(random)), random)),
  );
  assert.throws(() => plateCode(new Uint8Array(15)), RangeError);
  // 7Z… is the largest; 8… would need a 129th bit.
  assert.deepEqual(readPlateCode(`8${"0".repeat(29)}`), {
    ok: false,
    refusal: { code: "plate-malformed" },
  });
});

test("every single wrong sign and every exchange of neighbours in a plate code is found", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const code = plateCode(bytes);
      assert.match(code, /^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[0-9A-HJKMNP-TV-Z]{4}$/);
      assert.deepEqual(readPlateCode(code), { ok: true, value: code });
      const signs = code.replace(".", "").split("");
      for (let i = 0; i < signs.length; i++) {
        for (const sign of plateAlphabet) {
          if (sign === signs[i]) continue;
          assert.equal(readPlateCode(signs.with(i, sign).join("")).ok, false);
        }
        if (i + 1 < signs.length && signs[i] !== signs[i + 1]) {
          const swapped = signs.with(i, signs[i + 1]!).with(i + 1, signs[i]!);
          assert.equal(readPlateCode(swapped.join("")).ok, false);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test("any change of two to four signs in a plate code is found", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 2, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 4, maxLength: 4 }),
      (bytes, positions, shifts) => {
        const signs = plateCode(bytes).replace(".", "").split("");
        positions.forEach((position, i) => {
          const value = plateAlphabet.indexOf(signs[position]!);
          signs[position] = plateAlphabet[(value + shifts[i]!) % 32]!;
        });
        assert.equal(readPlateCode(signs.join("")).ok, false);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a plate code is read as people type it", () => {
  const code = plateCode(new Uint8Array(16));
  assert.equal(code, "00000000000000000000000000.0000");
  const typed = printedPlateCode(code).toLowerCase().replaceAll("0", "o");
  assert.deepEqual(readPlateCode(typed), { ok: true, value: code });
  assert.equal(readPlateCode("翠湖苑3幢").ok, false);
});

test("what is too short, too long or holds a strange sign is no plate, whatever its check", () => {
  const code = plateCode(new Uint8Array(16).fill(7));
  for (const text of ["", code.slice(0, -1), `${code}0`, code.replace(/.$/, "U")]) {
    assert.deepEqual(
      readPlateCode(text),
      { ok: false, refusal: { code: "plate-malformed" } },
      text,
    );
  }
});
