declare module 'oled-font-5x7' {
  /** Letters of 5 by 7 pixels: each is 5 numbers of `fontData`, a column each, at the place that `lookup` has it. */
  const font: {
    readonly width: number;
    readonly height: number;
    readonly fontData: readonly number[];
    readonly lookup: readonly string[];
  };
  export default font;
}
