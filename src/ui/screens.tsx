/**
 * Every screen beside the rail: its word, who sees it, and its code, which is loaded when it is first opened, so that
 * 值班台 stays small. A screen has a folder of its own, with its own words and style sheet.
 */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { type Action, type Role, scopeOf } from '../accounts/access.ts';
import type { MarkName } from './icons.tsx';
import { words } from './words.ts';

export type ScreenId =
  | 'desk'
  | 'records'
  | 'assessment'
  | 'replay'
  | 'watch'
  | 'hand-over'
  | 'confirm'
  | 'roster'
  | 'incident'
  | 'inspection'
  | 'shift-log'
  | 'recordings'
  | 'directory'
  | 'drill'
  | 'setup'
  | 'settings';

/** What the shell gives to a screen. */
export interface ScreenProps {
  /** What stands in the address after the screen's name, such as a call's id. */
  readonly argument: string | null;
  /** The call that stands open at the desk. */
  readonly openCall: string | null;
  /** Opens a call at the desk. */
  readonly onOpenCall: (call: string) => void;
  /** To another screen, or to another thing on this one. */
  readonly onGo: (screen: ScreenId, argument?: string) => void;
}

export interface Screen {
  readonly id: ScreenId;
  readonly word: string;
  readonly mark: MarkName;
  /** Who may do this somewhere sees the screen in the rail; null: everybody. What it shows is judged by the service again. */
  readonly needs: Action | null;
  /** Stands below, beside 锁屏 and 退出: about this place and its person, not about the duty. */
  readonly below?: true;
  /** Reached from another screen: no place in the rail. */
  readonly apart?: true;
  /** Null: 值班台 itself, which is always there. */
  readonly view: LazyExoticComponent<ComponentType<ScreenProps>> | null;
}

export const SCREENS: readonly Screen[] = [
  { id: 'desk', word: words.rail.desk, mark: 'bell', needs: 'see-room', view: null },
  {
    id: 'records',
    word: words.rail.records,
    mark: 'glass',
    needs: 'see-room',
    view: lazy(() => import('./search/search-screen.tsx').then((file) => ({ default: file.SearchScreen }))),
  },
  {
    id: 'assessment',
    word: words.rail.assessment,
    mark: 'glass',
    needs: 'see-room',
    apart: true,
    view: lazy(() =>
      import('./assessment/assessment-screen.tsx').then((file) => ({ default: file.AssessmentScreen })),
    ),
  },
  {
    id: 'replay',
    word: words.rail.replay,
    mark: 'wave',
    needs: 'hear',
    view: lazy(() => import('./replay/replay-screen.tsx').then((file) => ({ default: file.ReplayScreen }))),
  },
  {
    id: 'watch',
    word: words.rail.watch,
    mark: 'shield',
    needs: 'see-room',
    view: lazy(() => import('./watch/watch-screen.tsx').then((file) => ({ default: file.WatchScreen }))),
  },
  {
    id: 'hand-over',
    word: words.rail.handOver,
    mark: 'hand-over',
    needs: 'see-room',
    view: lazy(() =>
      import('./hand-over/hand-over-screen.tsx').then((file) => ({ default: file.HandOverScreen })),
    ),
  },
  {
    id: 'roster',
    word: words.rail.roster,
    mark: 'calendar',
    needs: 'see-room',
    view: lazy(() => import('./roster/roster-screen.tsx').then((file) => ({ default: file.RosterScreen }))),
  },
  {
    id: 'incident',
    word: words.rail.incident,
    mark: 'flag',
    needs: 'see-room',
    view: lazy(() =>
      import('./incident/incident-screen.tsx').then((file) => ({ default: file.IncidentScreen })),
    ),
  },
  {
    id: 'inspection',
    word: words.rail.inspection,
    mark: 'seal',
    needs: 'see-inspection',
    view: lazy(() =>
      import('./inspection/inspection-screen.tsx').then((file) => ({ default: file.InspectionScreen })),
    ),
  },
  {
    id: 'shift-log',
    word: words.screen.shiftLog,
    mark: 'book',
    needs: 'see-room',
    apart: true,
    view: lazy(() =>
      import('./shift-log/shift-log-screen.tsx').then((file) => ({ default: file.ShiftLogScreen })),
    ),
  },
  {
    id: 'confirm',
    word: words.rail.confirm,
    mark: 'tick',
    needs: 'confirm-instruction',
    view: lazy(() =>
      import('./confirm/confirm-screen.tsx').then((file) => ({ default: file.ConfirmScreen })),
    ),
  },
  {
    id: 'recordings',
    word: words.rail.recordings,
    mark: 'square',
    needs: 'see-recording-desk',
    view: lazy(() => import('./recording-desk.tsx').then((file) => ({ default: file.RecordingDesk }))),
  },
  {
    id: 'directory',
    word: words.rail.directory,
    mark: 'book',
    needs: 'edit-directory',
    view: lazy(() =>
      import('./directory/directory-screen.tsx').then((file) => ({ default: file.DirectoryScreen })),
    ),
  },
  {
    id: 'drill',
    word: words.rail.drill,
    mark: 'drill',
    needs: 'drill',
    view: lazy(() => import('./drill/drill-screen.tsx').then((file) => ({ default: file.DrillScreen }))),
  },
  {
    id: 'setup',
    word: words.rail.setup,
    mark: 'wrench',
    needs: 'administer',
    view: lazy(() => import('./setup/setup-screen.tsx').then((file) => ({ default: file.SetupScreen }))),
  },
  {
    id: 'settings',
    word: words.rail.settings,
    mark: 'gear',
    needs: null,
    below: true,
    view: lazy(() =>
      import('./settings/settings-screen.tsx').then((file) => ({ default: file.SettingsScreen })),
    ),
  },
];

/** The screens of the rail for this role, in their order. */
export function screensOf(role: Role): readonly Screen[] {
  return SCREENS.filter(({ needs }) => needs === null || scopeOf(role, needs) !== 'none');
}
