/* C = A · B, one product at a time as in assembly/kernels/matrix/multiplyAdd.ts, so the bits are the same. */
#include "limit.h"

/* Rows by vectors of columns in registers. 4 × 3 uses all 16 of them: 12 sums, 3 vectors of B, 1 element of A. */
enum { ROWS = 4, VECTORS = 3 };

INLINE void tile(float *c, const float *a, const float *b, int k, int n, int bRow, int rows, int vectors) {
  f4 s[ROWS][VECTORS];
  for (int r = 0; r < rows; ++r)
    for (int v = 0; v < vectors; ++v) s[r][v] = splat(0);
  for (int p = 0; p < k; ++p, b += bRow) {
    f4 w[VECTORS];
    for (int v = 0; v < vectors; ++v) w[v] = load(b + 4 * v);
    for (int r = 0; r < rows; ++r) {
      const f4 x = splat(a[r * k + p]);
      for (int v = 0; v < vectors; ++v) s[r][v] += x * w[v];
    }
  }
  for (int r = 0; r < rows; ++r)
    for (int v = 0; v < vectors; ++v) store(c + r * n + 4 * v, s[r][v]);
}

/* m must be a multiple of 4, as must n. With packing, each panel of B is first copied to be contiguous. */
INLINE void gemm(float *c, const float *a, const float *b, int m, int k, int n, float *panel) {
  for (int j = 0; j < n;) {
    const int vectors = (n - j) / 4 < VECTORS ? (n - j) / 4 : VECTORS;
    const float *bj = b + j;
    int bRow = n;
    if (panel) {
      bRow = 4 * vectors;
      for (int p = 0; p < k; ++p)
        for (int v = 0; v < vectors; ++v) store(panel + p * bRow + 4 * v, load(bj + p * n + 4 * v));
      bj = panel;
    }
    for (int i = 0; i < m; i += ROWS) {
      if (vectors == 3) tile(c + i * n + j, a + i * k, bj, k, n, bRow, ROWS, 3);
      else if (vectors == 2) tile(c + i * n + j, a + i * k, bj, k, n, bRow, ROWS, 2);
      else tile(c + i * n + j, a + i * k, bj, k, n, bRow, ROWS, 1);
    }
    j += 4 * vectors;
  }
}

struct Product {
  int m, k, n;
  float *a, *b, *c, *panel;
};

static void plain(void *data) {
  const struct Product *p = data;
  gemm(p->c, p->a, p->b, p->m, p->k, p->n, NULL);
}

static void packed(void *data) {
  const struct Product *p = data;
  gemm(p->c, p->a, p->b, p->m, p->k, p->n, p->panel);
}

int main(int argc, char **argv) {
  static const int sizes[][3] = {{16, 129, 400}, {64, 256, 256}, {128, 512, 512}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i) {
    const int m = sizes[i][0], k = sizes[i][1], n = sizes[i][2];
    struct Product p = {m, k, n, floats(m * k), floats(k * n), floats(m * n), floats(k * 4 * VECTORS)};
    noise(p.a, m * k, 1, 1);
    noise(p.b, k * n, 2, 1);
    char name[64];
    snprintf(name, sizeof name, "gemm %dx%dx%d", m, k, n);
    measure(name, roundsOf(argc, argv), plain, &p, p.c, m * n);
    snprintf(name, sizeof name, "gemm packed %dx%dx%d", m, k, n);
    measure(name, roundsOf(argc, argv), packed, &p, p.c, m * n);
    free(p.a), free(p.b), free(p.c), free(p.panel);
  }
}
