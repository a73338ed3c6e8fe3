/** As much of the DOM as tests use inside a page: the compiler knows Node only. */
export interface PageElement {
  outerHTML: string;
  getBoundingClientRect(): { left: number; right: number; top: number; bottom: number };
  querySelectorAll(selector: string): Iterable<PageElement>;
  matches(selector: string): boolean;
  contains(other: PageElement): boolean;
  /** Whether it has a box that is shown: nothing within closed details has. */
  checkVisibility(): boolean;
  blur(): void;
  focus(options: { preventScroll: boolean }): void;
}

export interface PageDocument {
  activeElement: PageElement;
  documentElement: { scrollWidth: number };
}

export type ComputedStyle = Record<
  | 'fontSize'
  | 'lineHeight'
  | 'outlineStyle'
  | 'outlineWidth'
  | 'boxShadow'
  | 'textDecoration'
  | 'backgroundColor',
  string
>;
