package io.fundtrail.api;

import io.fundtrail.api.ServiceStatus.IndexState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Says how the service stands, to people and to whoever restarts it. */
public final class StatusRoutes implements Routes {
  private final Supplier<ServiceStatus> status;

  public StatusRoutes(Supplier<ServiceStatus> status) {
    this.status = status;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/status", _ -> Answer.json(status.get())),
        Route.get("/health/live", _ -> Answer.json(Map.of("status", "live"))),
        Route.get("/health/ready", _ -> ready(status.get().index().state())));
  }

  private static Answer ready(IndexState state) {
    return switch (state) {
      case FOLLOWING, STANDBY -> Answer.json(Map.of("status", "ready"));
      case CATCHING_UP -> throw Problem.notReady("The index is still catching up with the chain.");
      case STOPPED -> throw Problem.notReady("The index stopped; GET /v1/status says why.");
    };
  }
}
