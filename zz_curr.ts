import { testEngine } from "/tmp/np/tests/support/engine.js";
import { adam } from "/tmp/np/bindings/training/optimizers.js"; import { train } from "/tmp/np/bindings/training/train.js";
import { evaluate } from "/tmp/np/bindings/training/evaluate.js";
import { ArithmeticProgrammer } from "/tmp/np/bindings/models/arithmeticProgrammer.js";
import { arithmeticTask } from "/tmp/np/bindings/tasks/arithmetic.js";
const [seed="1", lr="0.003", batch="32", steps="1000,4000,8000", H="64"] = process.argv.slice(2);
const engine = await testEngine("release");
const full = arithmeticTask({ maxOperators: 3, seed: +seed });
const model = new ArithmeticProgrammer({ inputSize: full.inputSize, seed: +seed, hiddenSize: +H });
const t0 = performance.now();
let d = 0;
for (const spec of steps.split(",")) { const [c, n, rate, ent, vr] = spec.split(":").map(Number) as [number, number, number, number, number]; d += 1; process.env.ENT = String(ent); process.env.VAR = String(vr);
  const cap = c; const min = c < 0 ? 1 : 1;
  const task = arithmeticTask({ maxOperators: cap, numbers: 4, seed: +seed + 100 * d });
  const opts = { batch: +batch, steps: n, optimizer: adam({ learningRate: rate }), clip: {norm: 1} };
  for await (const s of train(engine, model, task as any, opts)) {
    if (s.step % Math.max(1, Math.floor(n/4)) === 0) {
      const parts: string[] = [];
      for (let k = 1; k <= 3; ++k) { const e = await evaluate(engine, model, full, { sequences: 500, length: k, seed: 99 }); parts.push(e.sequenceError.toFixed(3)); }
      console.log(seed, spec, s.step, s.loss.toFixed(4), "soft", s.sequenceError.toFixed(3), "hard", parts.join(" "), "g", s.gradientNorm.toFixed(2), ((performance.now()-t0)/1000).toFixed(1)+"s");
    }
  }
}
import { encodeExpression } from "/tmp/np/bindings/arithmetic/expression.js";
import { operations } from "/tmp/np/bindings/models/arithmeticProgrammer.js";
const show = (e: any) => {
  const r = model.run(engine, encodeExpression(e, 4), { trace: ["operations", "first", "second"] });
  const names = ["x1","x2","x3","x4","r-1","r-2","r-3"];
  const top = (v: Float32Array) => { let b = 0; v.forEach((x, i) => { if (x > v[b]!) b = i; }); return [b, v[b]!] as const; };
  const n = r.outputs.length; const D = r.trace.operations!.length;
  const k = (JSON.stringify(e).match(/operator/g) ?? []).length;
  return Array.from({ length: k }, (_, j) => { const t = D - k + j; const [o, po] = top(r.trace.operations![t]!); const [a, pa] = top(r.trace.first![t]!); const [b, pb] = top(r.trace.second![t]!);
    return `${operations[o]}(${names[a]},${names[b]}) ${po.toFixed(2)},${pa.toFixed(2)},${pb.toFixed(2)}`; }).join("; ") + " = " + r.outputs.at(-1)![0];
};
for (const p of ["+","-","*","/"]) { console.log(`5${p}2`, show({ operator: p, left: 5, right: 2 })); }

const shapes: Record<string, (a: string, b: string, c: string) => any> = {
 "((12)3)4": (a,b,c) => ({operator:c,left:{operator:b,left:{operator:a,left:5,right:2},right:3},right:7}),
 "(1(23))4": (a,b,c) => ({operator:c,left:{operator:a,left:5,right:{operator:b,left:2,right:3}},right:7}),
 "(12)(34)": (a,b,c) => ({operator:b,left:{operator:a,left:5,right:2},right:{operator:c,left:3,right:7}}),
 "1((23)4)": (a,b,c) => ({operator:a,left:5,right:{operator:c,left:{operator:b,left:2,right:3},right:7}}),
 "1(2(34))": (a,b,c) => ({operator:a,left:5,right:{operator:b,left:2,right:{operator:c,left:3,right:7}}}),
};
const val = (e: any): number => typeof e === "number" ? e : ({"+":(a:number,b:number)=>a+b,"-":(a:number,b:number)=>a-b,"*":(a:number,b:number)=>a*b,"/":(a:number,b:number)=>a/b} as any)[e.operator](val(e.left), val(e.right));
for (const [n, f] of Object.entries(shapes)) {
  let bad = 0; let ex = "";
  for (const a of "+-*/") for (const b of "+-*/") for (const c of "+-*/") { const e = f(a,b,c); const s = show(e); const got = Number(s.split("= ").at(-1)); if (!(Math.abs(got - val(e)) < 1e-3*Math.max(1,Math.abs(val(e))))) { ++bad; } ex = a+b+c+" "+s; }
  console.log(n, "wrong", bad, "of 64", ex);
}
