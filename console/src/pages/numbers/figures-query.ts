import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../api/client.js';

export type Figures = Schemas['Figures'];
export type FigureWindow = Figures['window'];
export type FigureScope = Figures['scope'];
export type ShareCourse = Schemas['ShareCourse'];
export type Share = ShareCourse['total'];
export type CountCourse = Schemas['CountCourse'];

const everyMs = 30_000;

/** The key figures, counted anew while one looks at them; those of the other window stay until these are there. */
export function useFigures(window: FigureWindow, scope: FigureScope) {
  return useQuery({
    queryKey: ['figures', window, scope],
    queryFn: () => answered(api.GET('/api/figures', { params: { query: { window, scope } } })),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
}
