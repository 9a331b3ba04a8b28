export type Child = VNode | string | number | boolean | null | undefined | Child[];
export interface VNode { type: unknown; props: Record<string, unknown>; key: unknown }
export type Ref<T> = { current: T };
export const html: (strings: TemplateStringsArray, ...values: any[]) => VNode;
export function h(type: unknown, props: object | null, ...children: Child[]): VNode;
export function render(tree: VNode, parent: Element): void;
export function useState<T>(first: T | (() => T)): [T, (value: T | ((before: T) => T)) => void];
export function useRef<T>(first: T): Ref<T>;
export function useEffect(run: () => void | (() => void), when?: readonly unknown[]): void;
export function useLayoutEffect(run: () => void | (() => void), when?: readonly unknown[]): void;
export function useMemo<T>(make: () => T, when: readonly unknown[]): T;
export function useCallback<T>(run: T, when: readonly unknown[]): T;
