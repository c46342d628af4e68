import { Fragment, type ReactNode } from "react";
import classes from "./Facts.module.css";

/** Names and values, one under the other. */
export function Facts({ of }: { of: [name: string, value: ReactNode][] }) {
  return <dl className={classes.facts}>{of.map(([name, value]) => <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>)}</dl>;
}
