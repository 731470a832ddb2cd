/** An unpacked source distribution. */
export interface Source {
  /** The folder with the sources. */
  readonly root: string;
  /** For SOURCE_DATE_EPOCH, in s since 1970. */
  readonly epochS: number;
  /** What wheels of this version the index lists already. */
  readonly upstream: { readonly pure: boolean; readonly platform: boolean };
}
