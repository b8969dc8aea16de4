/** The drills of this log-in as components see them. */
import { useSyncExternalStore } from 'react';
import { useDesk } from '../use-desk.tsx';
import type { Drill } from './drill.ts';

export function useDrills(): readonly Drill[] {
  const { drills } = useDesk();
  return useSyncExternalStore(drills.subscribe, drills.read);
}
