/** Colours and sizes: one table for antd and, as CSS variables, for our own style sheets. */
import { type ThemeConfig, theme } from 'antd';

const FONT =
  '"Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","PingFang SC","WenQuanYi Micro Hei",sans-serif';

const DAY = {
  layout: '#f3f5f8',
  container: '#ffffff',
  text: '#1b2430',
  second: '#4a5563',
  faint: '#667080',
  border: '#8a94a3',
  line: '#dde2e9',
  primary: '#1d4f91',
  link: '#1d4f91',
  selected: '#e8f0fa',
  focus: '#0b5fff',
  top: '#12305c',
  amber: '#b45309',
  green: '#1a7f37',
  cyan: '#0e7490',
  red: '#c4281c',
  violet: '#6b3fa0',
  'amber-text': '#8a4500',
  'amber-soft': '#fff1db',
  'green-text': '#14652b',
  'green-soft': '#e6f4ea',
  'cyan-text': '#0b5a70',
  'cyan-soft': '#e3f3f7',
  'red-text': '#a31f15',
  'red-soft': '#fdecea',
  'blue-text': '#1d4f91',
  'blue-soft': '#e8f0fa',
  'grey-text': '#5b6470',
  'grey-soft': '#e9ecef',
  'violet-text': '#5a3389',
  'violet-soft': '#f1eaf9',
} as const;

type Colours = Readonly<Record<keyof typeof DAY, string>>;

/** Night: the guide's text colours on near-black grounds; solid state colours stay, white text on them keeps ≥ 4.5 : 1. */
const NIGHT: Colours = {
  ...DAY,
  layout: '#0e1117',
  container: '#14181f',
  text: '#e4e8ee',
  second: '#b4bdc9',
  faint: '#97a1af',
  border: '#5b6675',
  line: '#2a313b',
  link: '#7fb0f5',
  selected: '#1c2a40',
  focus: '#8fc1ff',
  top: '#0b1d38',
  'amber-text': '#ffc069',
  'amber-soft': '#33270f',
  'green-text': '#6cd08a',
  'green-soft': '#132a1a',
  'cyan-text': '#63c7de',
  'cyan-soft': '#10272e',
  'red-text': '#ff8a80',
  'red-soft': '#371816',
  'blue-text': '#7fb0f5',
  'blue-soft': '#16243a',
  'grey-text': '#a9b3c1',
  'grey-soft': '#232a33',
  'violet-text': '#c3a1ee',
  'violet-soft': '#271d38',
};

/** 夜间 by the clock: 22:00 to 06:00 of the browser's zone. */
export function isNightHour(at: number): boolean {
  const hour = new Date(at).getHours();
  return hour >= 22 || hour < 6;
}

/** Hands the colours to our style sheets. By CSSOM, which the content security policy allows without inline styles. */
export function paintRoot(night: boolean): void {
  const root = document.documentElement;
  for (const [name, colour] of Object.entries(night ? NIGHT : DAY))
    root.style.setProperty(`--${name}`, colour);
  root.style.setProperty('--font', FONT);
  root.dataset.theme = night ? 'night' : 'day';
  root.style.colorScheme = night ? 'dark' : 'light';
}

/** antd's theme. Motion off: nothing moves by itself. */
export function antdTheme(night: boolean): ThemeConfig {
  const colours = night ? NIGHT : DAY;
  return {
    algorithm: night ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: night ? '#3f7fd6' : DAY.primary,
      // antd's own lighter blue under the mouse leaves white words at 3.3 : 1 by night.
      ...(night ? { colorPrimaryHover: '#3a6fb8', colorPrimaryActive: '#2d5a99' } : {}),
      colorInfo: colours.link,
      colorLink: colours.link,
      colorSuccess: DAY.green,
      colorWarning: DAY.amber,
      colorError: DAY.red,
      colorText: colours.text,
      colorTextSecondary: colours.second,
      colorTextPlaceholder: colours.faint,
      colorBgLayout: colours.layout,
      colorBgContainer: colours.container,
      colorBgElevated: night ? '#1b212b' : colours.container,
      colorBorder: colours.border,
      colorBorderSecondary: colours.line,
      borderRadius: 4,
      fontSize: 15,
      fontSizeSM: 13,
      fontSizeLG: 17,
      controlHeight: 34,
      controlHeightSM: 28,
      motion: false,
      fontFamily: FONT,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        // Under the mouse the words take the colour that is made for grounds: too dark to stand on the night's.
        ...(night ? { defaultHoverColor: NIGHT.link, defaultHoverBorderColor: NIGHT.link } : {}),
        ...(night ? { defaultActiveColor: NIGHT.link, defaultActiveBorderColor: NIGHT.link } : {}),
        // The dark algorithm darkens the words of a destroying button to 2.5 : 1.
        ...(night ? { colorError: NIGHT['red-text'], colorErrorHover: NIGHT['red-text'] } : {}),
        // On the light red of the night: dark letters.
        dangerColor: night ? NIGHT.container : '#fff',
      },
    },
  };
}
