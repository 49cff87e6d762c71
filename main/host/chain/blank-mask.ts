import type { FrameBuffer } from '../../../shared/model/dataset.ts';
import type { ComponentInfo, FrameInfo } from '../../../shared/model/frames.ts';

/** A mask where there was none. */
const MASK: Omit<ComponentInfo, 'planes'> = {
  name: 'MASK',
  role: 'mask',
  dtype: 'u1',
  scale: { slope: 1, offset: 0, unit: 'Valid', description: 'Mask' },
  stored: true,
};

/** The frame with a stored MASK. */
export function withMaskComponent(frame: FrameInfo): FrameInfo {
  const isThere = frame.components.some(({ name }) => name === MASK.name);
  const components = isThere
    ? frame.components.map((component) => (component.name === MASK.name ? { ...component, stored: true } : component))
    : [...frame.components, { ...MASK, planes: frame.planes }];
  return { ...frame, components };
}

/**
 * A buffer that becomes a part of another one: as only whole buffers can be blank, its frames get a mask, of zeros where it was blank. Others
 * keep theirs, or get one of ones.
 */
export function withBlankMask(buffer: FrameBuffer): FrameBuffer {
  const flag = buffer.info.state === 'present' ? 1 : 0;
  return {
    info: { ...buffer.info, frames: buffer.info.frames.map(withMaskComponent) },
    warnings: buffer.warnings,
    get bytes() {
      return buffer.bytes;
    },
    plane: async (ref, options) => {
      const own = buffer.info.frames[ref.frame]?.components;
      if (ref.component !== MASK.name || !own) return buffer.plane(ref, options);
      const hasMask = own.some(({ name }) => name === MASK.name);
      if (flag === 1 && hasMask) return buffer.plane(ref, options);
      // A plane that is there tells the size of the window, and whether the place exists.
      const { width, height } = await buffer.plane({ ...ref, component: own[0]?.name ?? MASK.name }, options);
      return { dtype: 'u1', width, height, data: new Uint8Array(width * height).fill(flag) };
    },
  };
}
