import { useMemo } from 'react';
import { unitText } from '../../../shared/draw/number-text.ts';
import type { FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import type { FrameInfo } from '../../../shared/model/frames.ts';
import { glyphBox, hasCommonUnit } from '../../draw-worker/glyph-cloud.ts';
import { useViews } from '../../stores/view-store.ts';
import { frameText } from '../../strings/frame-text.ts';
import { zoomByWheel } from '../space/camera-commands.ts';
import type { SpaceAxesProps } from '../space/space-axes-props.ts';
import { SpaceAxes } from '../space/SpaceAxes.tsx';
import { useCameraDrag } from '../space/use-camera-drag.ts';
import { useWholeBox } from '../space/use-whole-box.ts';
import { ColorBar } from './ColorBar.tsx';
import { FaultSigns } from './FaultSigns.tsx';
import { findField } from './frame-fields.ts';
import { LoadingSigns } from './LoadingSigns.tsx';
import { pictureText } from './picture-text.ts';
import styles from './SpaceStage.module.css';
import type { ElementSize } from './use-element-size.ts';
import { useStageCanvas } from './use-stage-canvas.ts';
import { useDisplay, useShownFrame } from './view-look.ts';

const BARS = 134;
const AXES = ['x', 'y', 'z'] as const;

/** A volume of vectors in space: a drag turns or shifts it, the wheel magnifies it at the pointer. */
export function SpaceStage({ viewId, info, size }: { viewId: string; info: FrameDatasetInfo; size: ElementSize }) {
  const camera = useViews((state) => state.views[viewId]?.camera);
  const label = useViews((state) => pictureText(state.views[viewId], info));
  const frame = useShownFrame(viewId);
  const display = useDisplay(viewId);
  const area = useMemo(() => ({ x: 0, y: 0, width: Math.max(1, size.width - BARS), height: size.height }), [size.width, size.height]);
  const host = useStageCanvas(viewId, area, size.pixelRatio, styles.canvas ?? '', (event) => zoomByWheel(viewId, event, host.current));
  const axes = useMemo(() => frame && volumeAxes(frame), [frame]);
  useWholeBox(viewId, area, axes?.box);
  const { dragging, handlers } = useCameraDrag(viewId, 'orbit');
  const field = frame && display && findField(frame, display.arrows.colorBy ?? 'speed');
  const block = { x: area.width + 10, y: Math.round(size.height * 0.15), width: 100, height: Math.round(size.height * 0.7) };
  return (
    <>
      <div
        ref={host}
        className={styles.picture}
        role="img"
        aria-label={label}
        data-dragging={dragging || undefined}
        style={{ left: 0, top: 0, width: area.width, height: area.height }}
        {...handlers}
      >
        {axes && camera && <SpaceAxes {...axes} camera={camera} area={area} />}
      </div>
      {field && display && (
        <ColorBar
          viewId={viewId}
          layer="arrows"
          block={block}
          title={field.label}
          unit={field.unit}
          colors={display.arrows.colors}
          histogram={display.histogram}
        />
      )}
      <FaultSigns viewId={viewId} info={info} rect={area} />
      <LoadingSigns viewId={viewId} firstNumber={info.firstNumber} />
    </>
  );
}

/** In indices where the axes have no unit in common. */
function volumeAxes(frame: FrameInfo): Pick<SpaceAxesProps, 'box' | 'names' | 'unit'> {
  const unit = hasCommonUnit(frame) ? unitText(frame.scales.x.unit) : undefined;
  const nameOf = (axis: (typeof AXES)[number]): string =>
    unit === undefined ? frameText.axes.index[axis] : unit === '' ? axis : frameText.axes.in(axis, unit);
  return { box: glyphBox(frame), names: AXES.map(nameOf), unit: unit ?? '' };
}
