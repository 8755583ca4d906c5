import { Address, Layer, Plan } from "../plan_layout";

// @ts-ignore: decorator
@inline
export function size(field: Plan): i32 {
  return load<i32>(<usize>Address.Plan + (<usize>field << 2));
}

// @ts-ignore: decorator
@inline
export function address(field: Plan): usize {
  return load<usize>(<usize>Address.Plan + (<usize>field << 2));
}

// @ts-ignore: decorator
@inline
export function real(field: Plan): f32 {
  return load<f32>(<usize>Address.Plan + (<usize>field << 2));
}

// @ts-ignore: decorator
@inline
export function ofLayer(layer: i32, field: Layer): usize {
  return load<usize>(
    <usize>Address.Layers + <usize>layer * <usize>Address.LayerStride + (<usize>field << 2),
  );
}
