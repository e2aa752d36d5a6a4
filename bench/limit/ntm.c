/*
 * One step of a Neural Turing Machine (Graves et al. 2014), batch 1, forward: LSTM controller with 100 units, memory of
 * 128 slots by 20, one write head, one read head, 3 shifts; 9 numbers in, 8 out. Numbers in parentheses are the paper's
 * equations. Everything stays in place between steps, as in a stream.
 *
 * Weights are (inputs, outputs), their rows padded to whole vectors.
 */
#include "limit.h"

enum { INPUT = 9, HIDDEN = 100, SLOTS = 128, WIDTH = 20, SHIFTS = 3, OUTPUT = 8 };
enum { FIELDS = WIDTH + SHIFTS + 3, WRITE_FIELDS = FIELDS + 2 * WIDTH };
#define PADDED(n) (((n) + 3) & ~3)

struct Head {
  float *weights, *bias;
  float raw[PADDED(WRITE_FIELDS)];
  float w[SLOTS]; /* the weighting */
};

struct NTM {
  float *gateWeights, *gateBias, *outputWeights, *outputBias;
  struct Head write, read;
  float x[INPUT + WIDTH + HIDDEN]; /* what goes in, what was read, what the controller put out */
  float gates[4 * HIDDEN], cell[HIDDEN], features[HIDDEN + WIDTH], memory[SLOTS * WIDTH];
  float y[OUTPUT];
};

/* Columns in registers, for all of the inputs. */
INLINE void columns(float *y, const float *x, const float *weights, const float *bias, int inputs, int stride, int vectors) {
  f4 s[8];
  for (int v = 0; v < vectors; ++v) s[v] = load(bias + 4 * v);
  for (int i = 0; i < inputs; ++i, weights += stride) {
    const f4 xi = splat(x[i]);
    for (int v = 0; v < vectors; ++v) s[v] += xi * load(weights + 4 * v);
  }
  for (int v = 0; v < vectors; ++v) store(y + 4 * v, s[v]);
}

/* y = x W + b. y has room for whole vectors. */
static void affine(float *y, const float *x, const float *weights, const float *bias, int inputs, int outputs) {
  const int stride = PADDED(outputs);
  int j = 0;
  for (; j + 32 <= stride; j += 32) columns(y + j, x, weights + j, bias + j, inputs, stride, 8);
  for (; j + 16 <= stride; j += 16) columns(y + j, x, weights + j, bias + j, inputs, stride, 4);
  for (; j + 8 <= stride; j += 8) columns(y + j, x, weights + j, bias + j, inputs, stride, 2);
  for (; j < stride; j += 4) columns(y + j, x, weights + j, bias + j, inputs, stride, 1);
}

static void controller(struct NTM *m) {
  affine(m->gates, m->x, m->gateWeights, m->gateBias, INPUT + WIDTH + HIDDEN, 4 * HIDDEN);
  for (int i = 0; i < HIDDEN; i += 4) {
    const f4 in = sigmoid4(load(m->gates + i));
    const f4 forget = sigmoid4(load(m->gates + HIDDEN + i));
    const f4 candidate = tanh4(load(m->gates + 2 * HIDDEN + i));
    const f4 out = sigmoid4(load(m->gates + 3 * HIDDEN + i));
    const f4 cell = forget * load(m->cell + i) + in * candidate;
    const f4 h = out * tanh4(cell);
    store(m->cell + i, cell);
    store(m->features + i, h);
    store(m->x + INPUT + WIDTH + i, h);
  }
}

INLINE f4 dot5(const float *row, const f4 *v) {
  f4 s = load(row) * v[0];
  for (int j = 1; j < WIDTH / 4; ++j) s += load(row + 4 * j) * v[j];
  return s;
}

INLINE f4 norm5(const float *row) {
  f4 s = load(row) * load(row);
  for (int j = 1; j < WIDTH / 4; ++j) s += load(row + 4 * j) * load(row + 4 * j);
  return s;
}

/* The sums of four vectors. */
INLINE f4 sums(f4 a, f4 b, f4 c, f4 d) {
  const f4 ab = __builtin_shuffle(a, b, (i4){0, 4, 1, 5}) + __builtin_shuffle(a, b, (i4){2, 6, 3, 7});
  const f4 cd = __builtin_shuffle(c, d, (i4){0, 4, 1, 5}) + __builtin_shuffle(c, d, (i4){2, 6, 3, 7});
  return __builtin_shuffle(ab, cd, (i4){0, 1, 4, 5}) + __builtin_shuffle(ab, cd, (i4){2, 3, 6, 7});
}

/* (5) to (9): the head's raw parameters and the memory to its new weighting. */
static void address(struct Head *head, const float *h, const float *memory, int fields) {
  affine(head->raw, h, head->weights, head->bias, HIDDEN, fields);
  for (int i = 0; i < PADDED(fields); i += 4) {
    store(head->raw + i, max4(min4(load(head->raw + i), splat(20)), splat(-20)));
  }
  const float *scalars = head->raw + WIDTH; /* strength, gate, shifts, sharpness */
  const float strength = softplus4(load(scalars))[0];
  const float gate = sigmoid4(load(scalars))[1];
  const float gamma = 1 + softplus4(load(scalars + 2))[3];
  f4 shift = exp4(load(scalars + 2) - splat(fmaxf(fmaxf(scalars[2], scalars[3]), scalars[4])));
  shift = shift / splat(shift[0] + shift[1] + shift[2]);

  f4 key[WIDTH / 4];
  f4 keyNorm = splat(0);
  for (int j = 0; j < WIDTH / 4; ++j) {
    key[j] = tanh4(load(head->raw + 4 * j));
    keyNorm += key[j] * key[j];
  }
  const float norm = sqrtf(sum(keyNorm));

  float content[SLOTS], gated[SLOTS + 8], powers[SLOTS];
  f4 most = splat(-INFINITY);
  for (int i = 0; i < SLOTS; i += 4) {
    const float *row = memory + i * WIDTH;
    const f4 dots = sums(dot5(row, key), dot5(row + WIDTH, key), dot5(row + 2 * WIDTH, key), dot5(row + 3 * WIDTH, key));
    const f4 norms = sums(norm5(row), norm5(row + WIDTH), norm5(row + 2 * WIDTH), norm5(row + 3 * WIDTH));
    const f4 z = splat(strength) * dots / (splat(norm) * sqrt4(norms) + splat(1e-8f)); /* (6) */
    store(content + i, z);
    most = max4(most, z);
  }
  const f4 highest = splat(largest(most));
  f4 total = splat(0);
  for (int i = 0; i < SLOTS; i += 4) {
    const f4 e = exp4(load(content + i) - highest);
    store(content + i, e);
    total += e;
  }
  const f4 scale = splat(gate / sum(total)); /* (5), and its part of (7) */
  float *middle = gated + 4;
  for (int i = 0; i < SLOTS; i += 4) {
    store(middle + i, load(content + i) * scale + splat(1 - gate) * load(head->w + i)); /* (7) */
  }
  middle[-1] = middle[SLOTS - 1];
  middle[SLOTS] = middle[0];

  f4 peak = splat(0);
  for (int i = 0; i < SLOTS; i += 4) { /* (8): a shift of +1 takes from the slot before */
    const f4 shifted = splat(shift[0]) * load(middle + i + 1) + splat(shift[1]) * load(middle + i) +
                       splat(shift[2]) * load(middle + i - 1);
    store(powers + i, shifted);
    peak = max4(peak, shifted);
  }
  const f4 inverse = splat(1 / largest(peak));
  f4 all = splat(0);
  for (int i = 0; i < SLOTS; i += 4) { /* (9) */
    const f4 ratio = max4(load(powers + i) * inverse, splat(1e-30f));
    const f4 power = exp4(splat(gamma) * log4(ratio));
    store(powers + i, power);
    all += power;
  }
  const f4 normal = splat(1 / (sum(all) + 1e-12f));
  for (int i = 0; i < SLOTS; i += 4) store(head->w + i, load(powers + i) * normal);
}

/* (3) and (4) */
static void eraseAdd(struct NTM *m) {
  const float *raw = m->write.raw + FIELDS;
  f4 erase[WIDTH / 4], add[WIDTH / 4];
  for (int j = 0; j < WIDTH / 4; ++j) {
    erase[j] = sigmoid4(load(raw + 4 * j));
    add[j] = tanh4(load(raw + WIDTH + 4 * j));
  }
  for (int i = 0; i < SLOTS; ++i) {
    const f4 w = splat(m->write.w[i]);
    for (int j = 0; j < WIDTH / 4; ++j) {
      float *p = m->memory + i * WIDTH + 4 * j;
      store(p, load(p) * (splat(1) - w * erase[j]) + w * add[j]);
    }
  }
}

/* (2), with two sums for each column because a sum waits for the one before. */
static void readMemory(struct NTM *m) {
  f4 r[2][WIDTH / 4] = {{{0}}};
  for (int i = 0; i < SLOTS; i += 2) {
    for (int odd = 0; odd < 2; ++odd) {
      const f4 w = splat(m->read.w[i + odd]);
      for (int j = 0; j < WIDTH / 4; ++j) r[odd][j] += w * load(m->memory + (i + odd) * WIDTH + 4 * j);
    }
  }
  for (int j = 0; j < WIDTH / 4; ++j) {
    store(m->x + INPUT + 4 * j, r[0][j] + r[1][j]);
    store(m->features + HIDDEN + 4 * j, r[0][j] + r[1][j]);
  }
}

static void step(void *data) {
  struct NTM *m = data;
  controller(m);
  address(&m->write, m->features, m->memory, WRITE_FIELDS);
  eraseAdd(m);
  address(&m->read, m->features, m->memory, FIELDS);
  readMemory(m);
  affine(m->y, m->features, m->outputWeights, m->outputBias, HIDDEN + WIDTH, OUTPUT);
}

/* A layer's weights and bias, uniform in ± 1 / √inputs; the padding stays 0. */
static void layer(float **weights, float **bias, int inputs, int outputs, uint32_t seed) {
  const int stride = PADDED(outputs);
  const float scale = 1 / sqrtf((float)inputs);
  *weights = floats(inputs * stride);
  *bias = floats(stride);
  memset(*weights, 0, (size_t)(inputs * stride) * sizeof(float));
  memset(*bias, 0, (size_t)stride * sizeof(float));
  float *all = floats(inputs * outputs);
  noise(all, inputs * outputs, seed, scale);
  for (int i = 0; i < inputs; ++i) memcpy(*weights + i * stride, all + i * outputs, (size_t)outputs * sizeof(float));
  free(all);
  noise(*bias, outputs, seed + 1, scale);
}

static void reset(struct NTM *m) {
  for (int i = 0; i < SLOTS * WIDTH; ++i) m->memory[i] = 1e-6f;
  memset(m->x, 0, sizeof m->x);
  memset(m->cell, 0, sizeof m->cell);
  memset(m->write.w, 0, sizeof m->write.w);
  memset(m->read.w, 0, sizeof m->read.w);
  m->write.w[0] = m->read.w[0] = 1;
}

int main(int argc, char **argv) {
  static struct NTM m __attribute__((aligned(64)));
  layer(&m.gateWeights, &m.gateBias, INPUT + WIDTH + HIDDEN, 4 * HIDDEN, 1);
  layer(&m.write.weights, &m.write.bias, HIDDEN, WRITE_FIELDS, 3);
  layer(&m.read.weights, &m.read.bias, HIDDEN, FIELDS, 5);
  layer(&m.outputWeights, &m.outputBias, HIDDEN + WIDTH, OUTPUT, 7);

  /* Ten steps on fresh inputs: sums that another implementation can be held against. */
  double check = 0;
  reset(&m);
  for (int t = 0; t < 10; ++t) {
    noise(m.x, INPUT, 100 + (uint32_t)t, 1);
    step(&m);
    for (int i = 0; i < OUTPUT; ++i) check += m.y[i];
  }
  printf("{\"name\": \"ntm, ten steps\", \"checksum\": %.6g}\n", check);
  measure("ntm", roundsOf(argc, argv), step, &m, m.y, OUTPUT);
}
