/** A screen that is loaded when it is opened. A page older than the service cannot load it: it says so and offers to reload. */
import { Button } from 'antd';
import { Component, type ReactElement, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Screen, ScreenProps } from './screens.tsx';
import { words } from './words.ts';

export function ScreenFrame(props: ScreenProps & { readonly screen: Screen }): ReactElement | null {
  const { screen, ...rest } = props;
  const View = screen.view;
  if (View === null) return null;
  return (
    <NotLoaded key={screen.id}>
      <Suspense fallback={<Loading />}>
        <View {...rest} />
      </Suspense>
    </NotLoaded>
  );
}

/** Nothing for 400 ms: most screens are there sooner. */
function Loading(): ReactElement {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return <main className="screen">{late && <p className="empty-say">{words.screen.loading}</p>}</main>;
}

class NotLoaded extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="screen">
        <p className="wrong" role="alert">
          {words.screen.notLoaded} <Button onClick={() => location.reload()}>{words.bars.reloadNow}</Button>
        </p>
      </main>
    );
  }
}
