package io.fundtrail.chaos;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.EventRequestManager;
import io.fundtrail.store.Folders;
import io.fundtrail.testnode.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program in a process of its own that can be stopped wherever it enters a method, and killed
 * there. It is stopped as a debugger stops it, so that the program has nothing in it for the sake
 * of this.
 */
public final class HeldProgram implements AutoCloseable {
  private static final String END = "";

  private final Process process;
  private final Path temporary;
  private final VirtualMachine machine;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Place place;

  private HeldProgram(Process process, Path temporary, VirtualMachine machine) {
    this.process = process;
    this.temporary = temporary;
    this.machine = machine;
    Thread.ofPlatform().daemon().name("held-program-output").start(this::listen);
    Thread.ofPlatform().daemon().name("held-program-events").start(this::watch);
  }

  /** Starts a program from the class path of the tests, which should wait for its first line. */
  public static HeldProgram start(Class<?> main, String... args) {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(one -> one.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("localAddress")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue("0");
    try {
      String address = connector.startListening(arguments);
      String port = address.substring(address.lastIndexOf(':') + 1);
      Path temporary = Files.createTempDirectory("fundtrail-held");
      Process process = launch(port, temporary, main, args);
      VirtualMachine machine = connector.accept(arguments);
      connector.stopListening(arguments);
      return new HeldProgram(process, temporary, machine);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process launch(String port, Path temporary, Class<?> main, String... args)
      throws IOException {
    return JavaProgram.of(
            List.of(
                "-agentlib:jdwp=transport=dt_socket,server=n,suspend=n,address=127.0.0.1:" + port,
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary),
            main.getName(),
            args)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** From now on the program stops where it enters the method for the given time. */
  public void stopAt(Place next) {
    place = next;
    EventRequestManager requests = machine.eventRequestManager();
    ClassPrepareRequest prepared = requests.createClassPrepareRequest();
    prepared.addClassFilter(next.type());
    prepared.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    prepared.enable();
    machine.classesByName(next.type()).forEach(type -> breakAt(type, next));
  }

  /** Whether it came there in time; then all its threads stand still. */
  public boolean awaitStop(long seconds) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < until && process.isAlive()) {
      if (stopped.await(50, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return stopped.getCount() == 0;
  }

  /** Lets it go on from where it stopped. */
  public void goOn() {
    machine.eventRequestManager().deleteAllBreakpoints();
    machine.resume();
  }

  /** Writes a line to its standard input. */
  public void tell(String line) {
    try {
      Writer in = process.outputWriter();
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line of its output; empty once it has ended. */
  public String nextLine() throws InterruptedException {
    String line = said.poll(3, TimeUnit.MINUTES);
    if (line == null) {
      throw new AssertionError("the program says nothing");
    }
    if (line.equals(END)) {
      said.add(END);
    }
    return line;
  }

  /** The processes that it started. */
  public List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** Waits for its end. */
  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = children();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    deleteTemporary();
  }

  /** Who is killed leaves there what it unpacked, a library of some megabytes each time. */
  private void deleteTemporary() {
    try {
      process.waitFor();
      Folders.delete(temporary);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void breakAt(ReferenceType type, Place at) {
    for (Method method : type.methodsByName(at.method())) {
      if (!method.isAbstract()) {
        BreakpointRequest request =
            type.virtualMachine().eventRequestManager().createBreakpointRequest(method.location());
        request.addCountFilter(at.time());
        request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        request.enable();
      }
    }
  }

  private void watch() {
    try {
      while (true) {
        EventSet events = machine.eventQueue().remove();
        boolean hit = false;
        for (Event event : events) {
          if (event instanceof ClassPrepareEvent loaded && place != null) {
            breakAt(loaded.referenceType(), place);
          }
          hit |= event instanceof BreakpointEvent;
        }
        if (hit) {
          stopped.countDown();
        } else {
          events.resume();
        }
      }
    } catch (VMDisconnectedException e) {
      // It has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().filter(line -> !line.isEmpty()).forEach(said::add);
    } catch (IOException | UncheckedIOException e) {
      // It was killed.
    } finally {
      said.add(END);
    }
  }
}
