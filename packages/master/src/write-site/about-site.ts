/** What pages say of the farm itself. */
export interface AboutSite {
  /** What the farm calls itself. */
  readonly name: string;
  /** Under which address the site is served, with its last slash; null where nobody said. */
  readonly siteUrl: string | null;
}
