/** Shapes of the icons in a 16 x 16 box, drawn with round 1.25 px lines in the text colour. */
export const ICONS = {
  check: (
    <>
      <path d="M3 8.5l3.5 3.5L13 4.5" />
    </>
  ),
  blink: (
    <>
      <path d="M1.5 3h8v8h-8zM6.5 13.5h8v-8h-2M4 7h3" />
    </>
  ),
  clip: (
    <>
      <path d="M1.5 4.5h10v10M4.5 1.5v10h10M4.5 4.5h7v7h-7z" />
    </>
  ),
  close: (
    <>
      <path d="M4 4l8 8M12 4l-8 8" />
    </>
  ),
  copy: (
    <>
      <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />
    </>
  ),
  cube: (
    <>
      <path d="M8 1.5l5.5 3v7L8 14.5l-5.5-3v-7zM2.5 4.5L8 7.5l5.5-3M8 7.5v7" />
    </>
  ),
  cuts: (
    <>
      <path d="M2 3.5h12M8 1.5v13M2 8.5h12M4 12.5h8" />
    </>
  ),
  down: (
    <>
      <path d="M4 6l4 4 4-4" />
    </>
  ),
  'drag-picture': (
    <>
      <path d="M9.5 2.5h-8v9H7M1.5 9l2.5-2.5 2 2 1.5-1.5M9 8l5.5 5.5M14.5 9.5v4h-4" />
      <circle cx="6.5" cy="5" r="0.8" />
    </>
  ),
  drop: (
    <>
      <path d="M8 2v8M8 10L5 7M8 10l3-3M1.5 10v4h13v-4" />
    </>
  ),
  error: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.5V9M8 11.3v.1" />
    </>
  ),
  export: (
    <>
      <path d="M8 10V2M8 2L5 5M8 2l3 3M2.5 8.5v5.5h11V8.5" />
    </>
  ),
  eye: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  'eye-off': (
    <>
      <path d="M2.5 6C1.8 7 1.5 8 1.5 8S4 12.5 8 12.5c1 0 2-.3 2.7-.7M6 3.8c.6-.2 1.3-.3 2-.3 4 0 6.5 4.5 6.5 4.5s-.6 1-1.6 2.2M2.5 2l11 12" />
    </>
  ),
  first: (
    <>
      <path d="M12 3.5L6.5 8l5.5 4.5zM4 3.5v9" />
    </>
  ),
  fit: (
    <>
      <path d="M1.5 5.5v-4h4M10.5 1.5h4v4M14.5 10.5v4h-4M5.5 14.5h-4v-4M5 5h6v6H5z" />
    </>
  ),
  'flip-x': (
    <>
      <path d="M8 1.5v13M6 4L1.5 12H6zM10 4l4.5 8H10z" />
    </>
  ),
  'flip-y': (
    <>
      <path d="M1.5 8h13M4 6L12 1.5V6zM4 10l8 4.5V10z" />
    </>
  ),
  frames: (
    <>
      <path d="M1.5 3.5h5.5v9H1.5zM9 3.5h5.5v9H9zM3.5 6.5h1.5M11 6.5h1.5M11 9h1.5" />
    </>
  ),
  follow: (
    <>
      <path d="M1.5 4.5L6 8l-4.5 3.5zM7 4.5L11.5 8 7 11.5zM14 2.5v11" />
    </>
  ),
  folder: (
    <>
      <path d="M1.5 4.5v8h13v-7H8L6.5 3.5h-4a1 1 0 0 0-1 1z" />
    </>
  ),
  gear: (
    <>
      <circle cx="8" cy="8" r="2.2" />
      <path d="M8 1.5v2.3M8 12.2v2.3M1.5 8h2.3M12.2 8h2.3M3.4 3.4L5 5M11 11l1.6 1.6M12.6 3.4L11 5M5 11l-1.6 1.6" />
    </>
  ),
  hand: (
    <>
      <path d="M5 8V3.8a1 1 0 0 1 2 0V7.5M7 7.5V2.8a1 1 0 0 1 2 0v4.7M9 7.5V3.6a1 1 0 0 1 2 0V8M11 6a1 1 0 0 1 2 0v4c0 3-1.8 4.5-4.5 4.5S5 13 3.8 11L2.4 8.6a1 1 0 0 1 1.7-1L5 9" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M6 6.3a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.3M8 11.5v.1" />
    </>
  ),
  home: (
    <>
      <path d="M1.8 8L8 2.2 14.2 8M3.5 6.5v7.3h3.2V10h2.6v3.8h3.2V6.5" />
    </>
  ),
  histogram: (
    <>
      <path d="M2 14V9.5M5 14V5M8 14V2.5M11 14V7M14 14v-3" />
    </>
  ),
  image: (
    <>
      <path d="M1.5 2.5h13v11h-13zM1.5 11l3.5-3.5 3 3 2.5-2 4 3.5" />
      <circle cx="10.5" cy="5.5" r="1.2" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 7.5v4M8 4.9v.1" />
    </>
  ),
  keyboard: (
    <>
      <path d="M1.5 4h13v8.5h-13zM4 6.5v0M6.7 6.5v0M9.4 6.5v0M12 6.5v0M4 10h8" />
    </>
  ),
  last: (
    <>
      <path d="M4 3.5L9.5 8 4 12.5zM12 3.5v9" />
    </>
  ),
  levels: (
    <>
      <path d="M2 13.5l7-7M9.5 2v2.5M13.5 6H11M12.5 3L11 4.5M6.5 3.5L7.5 4.5M12 9.5l-1-1" />
    </>
  ),
  link: (
    <>
      <path d="M6.5 9.5l3-3M7 4.5l1.5-1.5a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5L7.5 13A3.2 3.2 0 0 1 3 8.5L4.5 7" />
    </>
  ),
  lock: (
    <>
      <path d="M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  undo: (
    <>
      <path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5L6 3.5M3 6.5l3 3" />
    </>
  ),
  unlock: (
    <>
      <path d="M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 4.8-1" />
    </>
  ),
  loop: (
    <>
      <path d="M3 9V7a3 3 0 0 1 3-3h7M13 4l-2.5-2.5M13 4l-2.5 2.5M13 7v2a3 3 0 0 1-3 3H3M3 12l2.5-2.5M3 12l2.5 2.5" />
    </>
  ),
  mark: (
    <>
      <path d="M1.5 11c3 0 3-6 6.5-6 2.5 0 3 3.5 1 3.5S7 5 10 4c2-.7 3 .2 4.5-1M1.5 13.5c4 0 5-2 7-2s3 .8 6-.7" strokeWidth="1.5" />
    </>
  ),
  mask: (
    <>
      <path d="M1.5 2.5h13v11h-13zM2 9l6-6.5M2 13l10-10.5M6 13.5l8.5-8.5M10.5 13.5l4-4" />
    </>
  ),
  more: (
    <>
      <path d="M3.5 8v.1M8 8v.1M12.5 8v.1" strokeWidth="2" />
    </>
  ),
  next: (
    <>
      <path d="M5.5 3.5L11 8l-5.5 4.5z" />
    </>
  ),
  open: (
    <>
      <path d="M1.5 12.5v-9h5l1.5 2h5v2M1.5 12.5l2.5-5h11l-2.5 5z" />
    </>
  ),
  'panel-bottom': (
    <>
      <path d="M1.5 2.5h13v11h-13zM1.5 9.5h13" />
    </>
  ),
  'panel-left': (
    <>
      <path d="M1.5 2.5h13v11h-13zM5.5 2.5v11" />
    </>
  ),
  'panel-right': (
    <>
      <path d="M1.5 2.5h13v11h-13zM10.5 2.5v11" />
    </>
  ),
  pin: (
    <>
      <path d="M6 2h4l-.5 4.5 2.5 2.5H4l2.5-2.5zM8 9v5" />
    </>
  ),
  play: (
    <>
      <path d="M4.5 2.5v11l9-5.5z" />
    </>
  ),
  plot: (
    <>
      <path d="M2 2v12h12M4 10.5l3-4 2.5 2.5L13.5 4" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3v10M3 8h10" />
    </>
  ),
  previous: (
    <>
      <path d="M10.5 3.5L5 8l5.5 4.5z" />
    </>
  ),
  right: (
    <>
      <path d="M6 4l4 4-4 4" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.3 10.3l4 4" />
    </>
  ),
  split: (
    <>
      <path d="M1.5 2.5h13v11h-13zM8 2.5v11" />
    </>
  ),
  swap: (
    <>
      <path d="M2 5.5h11M13 5.5L10.5 3M14 10.5H3M3 10.5L5.5 13" />
    </>
  ),
  table: (
    <>
      <path d="M1.5 2.5h13v11h-13zM1.5 6h13M1.5 9.7h13M6 2.5v11" />
    </>
  ),
  target: (
    <>
      <circle cx="8" cy="8" r="4.5" />
      <path d="M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4" />
    </>
  ),
  tracks: (
    <>
      <path d="M1.5 12.5c3 0 4-2.5 6-5.5M1.5 7c2 0 3-1.5 4.5-4M8 13.5c2.5 0 4-2 5-5" />
      <circle cx="8" cy="6.2" r="1.2" />
      <circle cx="6.4" cy="2.6" r="1.1" />
      <circle cx="13.3" cy="7.3" r="1.2" />
    </>
  ),
  vectors: (
    <>
      <path d="M2 6l4-3M6 3L3.7 3.2M6 3L5.3 5.2M2 13l4-2M8 6.5L13 4M13 4l-2.3-.2M13 4l-1.2 2M8 12.5l5-2.5M13 10l-2.3-.1M13 10l-1.2 2M2 13l0 0M6 11l-2.3 0M6 11L4.8 12.9" />
    </>
  ),
  warning: (
    <>
      <path d="M8 2L1.5 13.5h13zM8 6.5v3.5M8 11.7v.1" />
    </>
  ),
  'zoom-in': (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.3 10.3l4 4M7 5v4M5 7h4" />
    </>
  ),
  'zoom-out': (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.3 10.3l4 4M5 7h4" />
    </>
  ),
  file: (
    <>
      <path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3" />
    </>
  ),
  pause: (
    <>
      <path d="M5 3v10M11 3v10" />
    </>
  ),
  bin: (
    <>
      <path d="M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4M9.3 7v4" />
    </>
  ),
} as const;

export type IconName = keyof typeof ICONS;
