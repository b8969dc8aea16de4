/** 公示屏 on the page 系统. Times are ms UTC. */
export interface WallLinkView {
  readonly id: string;
  readonly room: string;
  /** Of the screen: 一楼大厅. */
  readonly name: string;
  readonly madeAt: number;
  /** Null: no screen has shown it yet. */
  readonly seenAt: number | null;
}

export interface WallLinksView {
  readonly links: readonly WallLinkView[];
}

/** Told once. */
export interface MadeWallLink {
  readonly id: string;
  /** Behind the address of this service; the token stands behind `#`. */
  readonly path: string;
}
