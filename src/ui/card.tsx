import type { ReactElement, ReactNode } from 'react';

/** A titled part of a page of lists. */
export function Card(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="card" aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}
