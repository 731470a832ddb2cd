declare module 'node-sense-hat' {
  const senseHat: unknown;
  export default senseHat;
}
