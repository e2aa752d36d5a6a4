/*
 * What 128-bit vectors without fused multiply-add can do: the ceiling that the benches compare the wasm kernels with.
 *
 *   gcc -std=gnu11 -O3 -mavx -mno-fma -mprefer-vector-width=128 -ffp-contract=off -o gemm gemm.c
 *   gcc -std=gnu11 -O3 -mavx -mno-fma -mprefer-vector-width=128 -ffp-contract=off -o ntm ntm.c
 *
 * Wasm SIMD has vectors of 128 bits and no fused multiply-add, so neither may C. -mavx is there for its three-operand
 * instructions, which a wasm engine uses too where the CPU has them; wider vectors and contraction are switched off.
 *
 * Every program takes the number of rounds as an optional argument and prints a line of JSON for each measurement:
 * {"name": …, "ns": median of the rounds, for one call, "checksum": sum of the result}. Inputs come from `noise`, so
 * anyone can recompute the checksums.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float f4 __attribute__((vector_size(16), aligned(4), may_alias)); /* four floats, any alignment */
typedef int32_t i4 __attribute__((vector_size(16)));

#define INLINE static inline __attribute__((always_inline))

INLINE f4 load(const float *p) { return *(const f4 *)p; }
INLINE void store(float *p, f4 v) { *(f4 *)p = v; }
INLINE f4 splat(float x) { return (f4){x, x, x, x}; }
INLINE f4 min4(f4 a, f4 b) { return _mm_min_ps(a, b); }
INLINE f4 max4(f4 a, f4 b) { return _mm_max_ps(a, b); }
INLINE f4 sqrt4(f4 x) { return _mm_sqrt_ps(x); }
INLINE float sum(f4 v) { return (v[0] + v[2]) + (v[1] + v[3]); }
INLINE float largest(f4 v) { return fmaxf(fmaxf(v[0], v[2]), fmaxf(v[1], v[3])); }

/* eˣ, 0 below −87. Cephes' expf: eˣ = 2ⁿ · e^r, |r| ≤ ln 2 / 2, and a polynomial of degree 5 for (e^r − 1 − r) / r². */
INLINE f4 exp4(f4 x) {
  const f4 magic = splat(0x1.8p23f); /* adding it rounds to a whole number, left in the low bits */
  const i4 normal = x > splat(-87);
  x = max4(min4(x, splat(88)), splat(-87));
  const f4 shifted = x * splat(1.44269504f) + magic;
  const f4 n = shifted - magic;
  const f4 r = (x - n * splat(0.693359375f)) - n * splat(-2.12194440e-4f);
  f4 p = splat(1.9875691500e-4f);
  p = p * r + splat(1.3981999507e-3f);
  p = p * r + splat(8.3334519073e-3f);
  p = p * r + splat(4.1665795894e-2f);
  p = p * r + splat(1.6666665459e-1f);
  p = p * r + splat(5.0000001201e-1f);
  const f4 y = p * (r * r) + r + splat(1);
  return (f4)(((i4)y + ((i4)shifted << 23)) & normal);
}

/* ln x for normal x > 0. Cephes' logf: x = 2ⁿ · (1 + r), 1 + r between √½ and √2. */
INLINE f4 log4(f4 x) {
  const i4 bits = (i4)x - 0x3f3504f3; /* √½ */
  const f4 n = __builtin_convertvector(bits >> 23, f4);
  const f4 r = (f4)((bits & 0x7fffff) + 0x3f3504f3) - splat(1);
  f4 p = splat(7.0376836292e-2f);
  p = p * r + splat(-1.1514610310e-1f);
  p = p * r + splat(1.1676998740e-1f);
  p = p * r + splat(-1.2420140846e-1f);
  p = p * r + splat(1.4249322787e-1f);
  p = p * r + splat(-1.6668057665e-1f);
  p = p * r + splat(2.0000714765e-1f);
  p = p * r + splat(-2.4999993993e-1f);
  p = p * r + splat(3.3333331174e-1f);
  const f4 r2 = r * r;
  return n * splat(0.693359375f) + ((r + (p * r * r2 + n * splat(-2.12194440e-4f))) - splat(0.5f) * r2);
}

/* The rational approximation of Eigen: odd, degree 13 over degree 6. */
INLINE f4 tanh4(f4 x) {
  x = max4(min4(x, splat(7.90531110763549805f)), splat(-7.90531110763549805f));
  const f4 s = x * x;
  f4 p = splat(-2.76076847742355e-16f);
  p = p * s + splat(2.00018790482477e-13f);
  p = p * s + splat(-8.60467152213735e-11f);
  p = p * s + splat(5.12229709037114e-08f);
  p = p * s + splat(1.48572235717979e-05f);
  p = p * s + splat(6.37261928875436e-04f);
  p = p * s + splat(4.89352455891786e-03f);
  f4 q = splat(1.19825839466702e-06f);
  q = q * s + splat(1.18534705686654e-04f);
  q = q * s + splat(2.26843463243900e-03f);
  q = q * s + splat(4.89352518554385e-03f);
  return x * p / q;
}

INLINE f4 sigmoid4(f4 x) { return splat(1) / (splat(1) + exp4(-x)); }

/* ln(1 + eˣ) */
INLINE f4 softplus4(f4 x) { return max4(x, splat(0)) + log4(splat(1) + exp4(-max4(x, -x))); }

/* count floats in [−scale, scale), from a linear congruential generator: state ← 1664525 · state + 1013904223. */
static inline void noise(float *x, int count, uint32_t seed, float scale) {
  for (int i = 0; i < count; ++i) {
    seed = 1664525u * seed + 1013904223u;
    x[i] = ((float)(seed >> 8) * 0x1p-23f - 1) * scale;
  }
}

static inline float *floats(int count) {
  float *x = aligned_alloc(64, ((size_t)count * sizeof(float) + 127) & ~(size_t)63);
  if (!x) exit(1);
  return x;
}

static inline double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static inline int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static inline int roundsOf(int argc, char **argv) {
  const int rounds = argc > 1 ? atoi(argv[1]) : 21;
  return rounds > 0 ? rounds : 21;
}

/* Calls run(data) for about 5 ms a round and prints the median. */
static inline void measure(const char *name, int rounds, void (*run)(void *), void *data, const float *result, int count) {
  double *ns = malloc((size_t)rounds * sizeof(double));
  if (!ns) exit(1);
  int calls = 1;
  for (double spent = 0; spent < 2.5e6; calls *= 2) {
    const double start = now();
    for (int i = 0; i < calls; ++i) run(data);
    spent = now() - start;
  }
  for (int r = 0; r < rounds; ++r) {
    const double start = now();
    for (int i = 0; i < calls; ++i) run(data);
    ns[r] = (now() - start) / calls;
  }
  qsort(ns, (size_t)rounds, sizeof(double), ascending);
  double checksum = 0;
  for (int i = 0; i < count; ++i) checksum += result[i];
  printf("{\"name\": \"%s\", \"ns\": %.1f, \"checksum\": %.6g}\n", name, ns[rounds / 2], checksum);
  fflush(stdout);
  free(ns);
}

#endif
