import { Address } from "../plan_layout";
import { multiplyAdd, sumLanes } from "./vector_math";

/** Ten independent chains of `count` multiply-adds of four lanes: what the core can do at most. */
export function chainMultiplyAdds(count: i32): f32 {
  const x = v128.load(<usize>Address.Constants), y = v128.load(<usize>Address.Constants + 16);
  let a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
  for (let n = 0; n < count; n++) {
    a = multiplyAdd(x, y, a);
    b = multiplyAdd(x, y, b);
    c = multiplyAdd(x, y, c);
    d = multiplyAdd(x, y, d);
    e = multiplyAdd(x, y, e);
    f = multiplyAdd(x, y, f);
    g = multiplyAdd(x, y, g);
    h = multiplyAdd(x, y, h);
    i = multiplyAdd(x, y, i);
    j = multiplyAdd(x, y, j);
  }
  const first = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  const second = f32x4.add(f32x4.add(e, f), f32x4.add(g, h));
  return sumLanes(f32x4.add(f32x4.add(first, second), f32x4.add(i, j)));
}
