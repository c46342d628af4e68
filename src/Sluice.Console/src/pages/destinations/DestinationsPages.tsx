import { Route, Switch } from "wouter";
import { DestinationPage } from "./detail/DestinationPage";
import { EditPage } from "./form/EditPage";
import { ListPage } from "./ListPage";
import { NewPage } from "./form/NewPage";

/** The list, one of them, its settings, and a new one. */
export default function DestinationsPages() {
  return (
    <Switch>
      <Route path="/destinations"><ListPage /></Route>
      <Route path="/destinations/new"><NewPage /></Route>
      <Route path="/destinations/:id/edit">{({ id }) => <EditPage key={id} id={id} />}</Route>
      <Route path="/destinations/:id">{({ id }) => <DestinationPage key={id} id={id} />}</Route>
    </Switch>
  );
}
