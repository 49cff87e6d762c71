import { useMemo, useRef, useState, type PointerEvent } from 'react';
import type { FrameDatasetInfo } from '../../../shared/model/dataset.ts';
import { useViews } from '../../stores/view-store.ts';
import { magnify, moveCamera, turned } from './camera-moves.ts';
import { ColorBar } from './ColorBar.tsx';
import { FaultSigns } from './FaultSigns.tsx';
import { focusByPointer } from './focus-by-pointer.ts';
import { findField } from './frame-fields.ts';
import { LoadingSigns } from './LoadingSigns.tsx';
import { pictureText } from './picture-text.ts';
import { SpaceAxes } from './SpaceAxes.tsx';
import styles from './SpaceStage.module.css';
import type { ElementSize } from './use-element-size.ts';
import { useStageCanvas } from './use-stage-canvas.ts';
import { useDisplay, useShownFrame } from './view-look.ts';

const BARS = 134;
/** Radians for each pixel of a drag; wheel travel that magnifies by e. */
const TURN_PER_PIXEL = 0.008;
const WHEEL_PIXELS = 500;

/** A volume of vectors in space: a drag turns it, the wheel magnifies it. */
export function SpaceStage({ viewId, info, size }: { viewId: string; info: FrameDatasetInfo; size: ElementSize }) {
  const camera = useViews((state) => state.views[viewId]?.camera);
  const label = useViews((state) => pictureText(state.views[viewId], info));
  const frame = useShownFrame(viewId);
  const display = useDisplay(viewId);
  const area = useMemo(() => ({ x: 0, y: 0, width: Math.max(1, size.width - BARS), height: size.height }), [size.width, size.height]);
  const host = useStageCanvas(viewId, area, size.pixelRatio, styles.canvas ?? '', (event) =>
    magnify(viewId, Math.exp(-event.deltaY / WHEEL_PIXELS)),
  );
  const { dragging, handlers } = useTurning(viewId);
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
        {frame && camera && <SpaceAxes frame={frame} camera={camera} area={area} />}
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

function useTurning(viewId: string) {
  const last = useRef<{ x: number; y: number } | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const end = (): void => {
    last.current = undefined;
    setDragging(false);
  };
  return {
    dragging,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.preventDefault();
        focusByPointer(event.currentTarget);
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = { x: event.clientX, y: event.clientY };
        setDragging(true);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (!last.current) return;
        const [dx, dy] = [event.clientX - last.current.x, event.clientY - last.current.y];
        last.current = { x: event.clientX, y: event.clientY };
        moveCamera(viewId, (camera) => turned(camera, dx * TURN_PER_PIXEL, dy * TURN_PER_PIXEL));
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
